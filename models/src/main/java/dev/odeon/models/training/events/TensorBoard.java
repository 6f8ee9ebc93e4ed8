package dev.odeon.models.training.events;

import dev.odeon.models.schedules.Moment;
import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.TrainingListener;
import dev.odeon.models.training.runs.TrainingResult;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the course of a training for TensorBoard.
 *
 * <p>Of every iteration {@code iteration/loss}, {@code iteration/learning_rate} and {@code iteration/nfe_forward} against the
 * number of the iteration; of every epoch {@code epoch/train_loss}, {@code epoch/valid_loss}, {@code epoch/skipped}, its
 * evaluations, and the metrics under {@code epoch/}, against the number of the epoch. Close it after the run.
 */
public final class TensorBoard implements TrainingListener, AutoCloseable {

    private final Path folder;
    private final Clock clock;
    private @Nullable EventFile iterations;
    private @Nullable EventFile epochs;

    /** @param folder for the events; {@code tensorboard --logdir} is given it, or one above it */
    public TensorBoard(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void begin(List<EpochRecord> earlier) {
        close();
        // Two kinds of steps, which a restart must not mix up.
        EventFile ofEpochs = EventFile.create(folder.resolve("epochs"), clock);
        epochs = ofEpochs;
        if (!earlier.isEmpty()) {
            ofEpochs.restart(earlier.size() + 1);
        }
        iterations = null;
    }

    @Override
    public void iteration(Moment moment, double learningRate, Iteration iteration) {
        EventFile events = iterations;
        if (events == null) {
            events = EventFile.create(folder.resolve("iterations"), clock);
            iterations = events;
            if (moment.iteration() > 0) {
                events.restart(moment.iteration());
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("iteration/loss", iteration.loss());
        values.put("iteration/learning_rate", learningRate);
        values.put("iteration/nfe_forward", (double) iteration.nfeForward());
        events.scalars(moment.iteration(), values);
    }

    @Override
    public void epoch(EpochRecord figures) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("epoch/train_loss", figures.trainLoss());
        values.put("epoch/valid_loss", figures.validLoss());
        values.put("epoch/learning_rate", figures.learningRate());
        values.put("epoch/nfe_forward", (double) figures.nfeForward());
        values.put("epoch/nfe_backward", (double) figures.nfeBackward());
        values.put("epoch/skipped", (double) figures.skipped());
        figures.metrics().forEach((name, value) -> values.put("epoch/" + name, value));
        EventFile events = epochs;
        if (events != null) {
            events.scalars(figures.epoch(), values);
            events.flush();
        }
        if (iterations != null) {
            iterations.flush();
        }
    }

    @Override
    public void end(TrainingResult result) {
        close();
    }

    @Override
    public void close() {
        if (epochs != null) {
            epochs.close();
        }
        if (iterations != null) {
            iterations.close();
        }
        epochs = null;
        iterations = null;
    }
}
