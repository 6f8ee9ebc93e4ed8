package dev.odeon.models.training;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.TestGraph;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.training.data.BatchPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.types.TFloat64;

/** Rows for {@link Cubic}, and trainings on them. */
final class CubicData implements AutoCloseable {

    /** Linear in the gradient as long as that is small: a wrong gradient shows in the parameters. */
    static final TrainingSettings SETTINGS = new TrainingSettings(new Adam(0, 0, 0, 1), Compilation.EXECUTOR, 0);

    private final TFloat64 starts;
    private final TFloat64 goals;

    CubicData(double... starts) {
        this.starts = Cubic.column(starts);
        double[] reached = new double[starts.length];
        for (int i = 0; i < starts.length; i++) {
            // The solution with k = 1 after the time 1.
            reached[i] = starts[i] / Math.sqrt(1 + 2 * starts[i] * starts[i]);
        }
        this.goals = Cubic.column(reached);
    }

    TrainingData data(BatchPlan plan) {
        return TrainingData.of(Cubic.rows(starts, goals), Cubic.rows(starts, goals), plan);
    }

    BatchedTraining<TFloat64> training(Cubic.Solves solves, BatchPlan plan, TrainingSettings settings) {
        return new BatchedTraining<>(new Cubic(solves), data(plan), settings);
    }

    /** The parameter that evaluations judge. */
    static double k(BatchedTraining<TFloat64> training) {
        return TestGraph.evaluate(
                training.graph().session(), training.graph().parameters().get("k"))[0];
    }

    /** Everything that training changes, bit by bit. */
    static byte[] everything(BatchedTraining<TFloat64> training, Path folder) {
        Path prefix = folder.resolve("everything");
        training.save(prefix);
        try {
            return Files.readAllBytes(Path.of(prefix + ".data-00000-of-00001"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        starts.close();
        goals.close();
    }
}
