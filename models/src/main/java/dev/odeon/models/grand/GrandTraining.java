package dev.odeon.models.grand;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.models.training.Evaluation;
import dev.odeon.models.training.Iteration;
import dev.odeon.models.training.Trainable;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Map;
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
    private final long seed;
    private final TrainingGraph<T> graph;

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
        this.seed = seed;
        Grand<T> model = new Grand<>(settings, nodes, solver, type);
        Map<String, TType> data = model.data(split);
        try {
            this.graph = new TrainingGraph<>(
                    model, data, new TrainingSettings(settings.optimiser(), solver.compilation(), seed));
        } finally {
            data.values().forEach(TType::close);
        }
    }

    @Override
    public int batches() {
        return 1;
    }

    @Override
    public Iteration train(int epoch, int batch, double learningRate) {
        try (TInt64 dropout = TInt64.vectorOf(seed, epoch)) {
            return graph.train(Map.of(Grand.SEED, dropout), learningRate);
        }
    }

    @Override
    public Evaluation evaluate() {
        try (TInt64 unused = TInt64.vectorOf(seed, 0)) {
            Iteration iteration = graph.evaluate(Map.of(Grand.SEED, unused));
            return new Evaluation(
                    iteration.verdict(),
                    iteration.loss(),
                    -iteration.metrics().getOrDefault("validAccuracy", 0.0),
                    iteration.nfeForward(),
                    iteration.metrics());
        }
    }

    @Override
    public void save(Path prefix) {
        graph.save(prefix);
    }

    @Override
    public void restore(Path prefix) {
        graph.restore(prefix);
    }

    /** The number of epochs the settings ask for. */
    public int epochs() {
        return settings.epochs();
    }

    /** The learning rate the settings ask for. */
    public double learningRate() {
        return settings.learningRate();
    }

    /** How many numbers are trained. */
    public long parameterCount() {
        return graph.parameterCount();
    }

    @Override
    public void close() {
        graph.close();
    }
}
