package dev.odeon.models.training;

import dev.odeon.models.schedules.Schedule;
import dev.odeon.solvers.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the epochs of a training: iterations, validation, learning rate, checkpoints.
 *
 * <p>A trainer belongs to one run, because its schedule may remember things.
 */
public final class Trainer {

    private final int epochs;
    private final Schedule schedule;
    private final @Nullable RunFolder folder;
    private final TrainingListener listener;

    private Trainer(int epochs, Schedule schedule, @Nullable RunFolder folder, TrainingListener listener) {
        this.epochs = epochs;
        this.schedule = schedule;
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * A trainer that keeps no checkpoints.
     *
     * @param epochs of the whole run, at least one
     */
    public static Trainer of(int epochs, Schedule schedule) {
        if (epochs < 1) {
            throw new IllegalArgumentException("The number of epochs is " + epochs + ": give 1 or more");
        }
        return new Trainer(epochs, schedule, null, TrainingListener.SILENT);
    }

    /** The same with checkpoints after each epoch. */
    public Trainer withFolder(RunFolder other) {
        return new Trainer(epochs, schedule, other, listener);
    }

    /** The same with someone who is told how it goes. */
    public Trainer withListener(TrainingListener other) {
        return new Trainer(epochs, schedule, folder, other);
    }

    /** Trains from the first epoch. */
    public TrainingResult start(Trainable trainable) {
        return run(trainable, new ArrayList<>());
    }

    /**
     * Goes on after the last checkpoint; on the CPU the result is that of an uninterrupted run to the bit.
     *
     * @throws IllegalArgumentException if there is no checkpoint, or it is damaged or of another model
     */
    public TrainingResult resume(Trainable trainable) {
        if (folder == null) {
            throw new IllegalArgumentException("A run without a folder cannot be resumed: call withFolder first");
        }
        RunFolder.State state = folder.restoreLast(trainable);
        schedule.restore(state.schedule());
        return run(trainable, new ArrayList<>(state.epochs()));
    }

    private TrainingResult run(Trainable trainable, List<EpochRecord> done) {
        listener.begin(List.copyOf(done));
        for (int epoch = done.size() + 1; epoch <= epochs; epoch++) {
            EpochRecord.Sums sums = new EpochRecord.Sums();
            int batches = trainable.batches();
            double first = rate(epoch, 0, batches);
            long begin = System.nanoTime();
            for (int batch = 0; batch < batches; batch++) {
                Outcome outcome = sums.add(trainable.train(epoch, batch, rate(epoch, batch, batches)));
                if (outcome != Outcome.SUCCESS) {
                    return new TrainingResult(done, outcome);
                }
                listener.iteration(epoch, batch + 1, batches, sums.meanLoss());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            Evaluation evaluation = trainable.evaluate();
            if (evaluation.verdict() != Outcome.SUCCESS) {
                // Before anything is remembered: a resumed run goes on from the last epoch that was good.
                return new TrainingResult(done, evaluation.verdict());
            }
            EpochRecord figures = sums.finish(epoch, first, seconds, evaluation);
            schedule.observe(figures.validLoss());
            done.add(figures);
            if (folder != null) {
                folder.save(trainable, new RunFolder.State(done, schedule.state()));
            }
            listener.epoch(figures);
        }
        return new TrainingResult(done, Outcome.SUCCESS);
    }

    private double rate(int epoch, int batch, int batches) {
        return schedule.rate(epoch, (epoch - 1 + (double) batch / batches) / epochs);
    }
}
