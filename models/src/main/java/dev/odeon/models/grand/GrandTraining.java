package dev.odeon.models.grand;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.graph.CompilationChoice;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.training.BatchedTraining;
import dev.odeon.models.training.Criterion;
import dev.odeon.models.training.TrainingData;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.runs.Evaluation;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.Trainable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * A {@link Grand} model with its graph, ready for a {@link dev.odeon.models.training.Trainer}.
 *
 * <p>One iteration sees the whole graph and is an epoch. The best epoch is the first with the highest validation
 * accuracy; its metric {@code testAccuracy} is the result to report:
 *
 * <pre>{@code
 * try (var training = new GrandTraining<>(GrandSettings.cora(), graph, split,
 *         SolverSettings.of(Methods.IMEX_RK2, 1), TFloat32.class, seed)) {
 *     TrainingResult result = Trainer.of(training.epochs(), new Constant(training.learningRate())).start(training);
 *     double accuracy = result.best().metrics().get("testAccuracy");
 * }
 * }</pre>
 *
 * <p>Owns graph and session: close it.
 *
 * @param <T> element type; float32 is enough
 */
public final class GrandTraining<T extends TFloating> implements Trainable, AutoCloseable {

    private final GrandSettings settings;
    private final Grand<T> model;
    private final BatchedTraining<T> training;

    /**
     * Builds the model and copies the graph to the device.
     *
     * @param nodes the graph, undirected edges in both directions
     * @param split of its nodes
     * @param seed of first values and dropout
     */
    public GrandTraining(
            GrandSettings settings, GraphData nodes, Split split, SolverSettings solver, Class<T> type, long seed) {
        this.settings = settings;
        this.model = new Grand<>(settings, nodes, solver, type);
        Map<String, TType> shared = model.data(split);
        try {
            TrainingData data = TrainingData.whole(shared)
                    .withInputs(place -> Map.of(Grand.SEED, TInt64.vectorOf(seed, place.epoch())))
                    .withCriterion(new Criterion.Highest("validAccuracy"));
            this.training = new BatchedTraining<>(
                    model, data, new TrainingSettings(settings.optimiser(), solver.compilation(), seed));
        } finally {
            shared.values().forEach(TType::close);
        }
    }

    @Override
    public int batches() {
        return training.batches();
    }

    @Override
    public int atOnce() {
        return training.atOnce();
    }

    @Override
    public Optional<String> whySingle() {
        return training.whySingle();
    }

    @Override
    public Iteration train(int epoch, int batch, double learningRate) {
        return training.train(epoch, batch, learningRate);
    }

    @Override
    public void passOver(int epoch, int batch, double learningRate) {
        training.passOver(epoch, batch, learningRate);
    }

    @Override
    public Evaluation evaluate() {
        return training.evaluate();
    }

    @Override
    public void save(Path prefix) {
        training.save(prefix);
    }

    @Override
    public void restore(Path prefix) {
        training.restore(prefix);
    }

    /** What the trained model offers to programs that only predict. */
    public ServedModel served() {
        return model.served();
    }

    /** The number of epochs the settings ask for. */
    public int epochs() {
        return settings.epochs();
    }

    /** The learning rate the settings ask for. */
    public double learningRate() {
        return settings.learningRate();
    }

    /** Who runs iterations and evaluations, and why. */
    public CompilationChoice compilation() {
        return training.compilation();
    }

    /** How many numbers are trained. */
    public long parameterCount() {
        return training.parameterCount();
    }

    @Override
    public void close() {
        training.close();
    }
}
