package dev.odeon.experiments.bench;

import dev.odeon.adjoint.Gradient;
import dev.odeon.experiments.pde.Loss;
import dev.odeon.experiments.pde.PdeObjective;
import dev.odeon.experiments.pde.Surrogate;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.models.optimisers.AdamW;
import dev.odeon.models.training.AtOnce;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One variant of the training iteration, built and ready to run. */
final class Contender<T extends TFloating> implements AutoCloseable {

    private static final double RATE = 1e-6;

    private final Measured measured;
    private final Method method;
    private final TrainingGraph<T> graph;
    private final TInt32 rows;
    private final TInt32 symmetries;

    Contender(
            Workload workload,
            Class<T> type,
            Gradient gradient,
            Compilation compilation,
            LinearForm form,
            Measured measured) {
        this.measured = measured;
        this.method = workload.method();
        Surrogate surrogate = workload.surrogate();
        PdeObjective.Solve solve =
                new PdeObjective.Solve(workload.method(), workload.dt(), workload.dt() * workload.steps(), 1, gradient);
        PdeObjective<T> objective =
                new PdeObjective<>(type, surrogate, form.of(surrogate), solve, workload.batch(), Loss.MEAN_SQUARE);
        double[] states = workload.states();
        long begin = System.nanoTime();
        try (T tensor = Floats.tensor(type, Shape.of(states.length / workload.grid(), workload.grid()), states)) {
            this.graph = new TrainingGraph<>(
                    objective,
                    Map.of(PdeObjective.STATES, tensor),
                    new TrainingSettings(new AdamW(0.01), compilation, 0).withAtOnce(AtOnce.atMost(measured.atOnce())));
        }
        measured.built(millisSince(begin), graph.compilation());
        try {
            this.rows = TInt32.vectorOf(
                    IntStream.range(0, workload.batch()).map(i -> 2 * i).toArray());
            this.symmetries = PdeObjective.identities(workload.batch());
        } catch (RuntimeException | Error e) {
            // Nobody else can close what is not finished.
            graph.close();
            throw e;
        }
    }

    /** Runs the first times, after the first once more with a record of all allocations; false if it cannot run. */
    boolean warmUp(int runs) {
        try {
            long begin = System.nanoTime();
            List<Iteration> first = run();
            measured.first(millisSince(begin), first.get(0).loss());
            // One that fails is the last.
            Outcome outcome = first.get(first.size() - 1).verdict();
            if (outcome != Outcome.SUCCESS) {
                measured.failed(outcome.advice(method));
                return false;
            }
            if (graph.compilation().compilation() == Compilation.EXECUTOR) {
                // The buffers inside a compiled function are not in TensorFlow's records.
                graph.peakBytes(inputs()).ifPresent(measured::peak);
            }
            for (int i = 1; i < runs; i++) {
                run();
            }
            return true;
        } catch (TensorFlowException e) {
            // Such as an operation without an XLA kernel: worth a line, not the end of the comparison.
            measured.failed(String.valueOf(e.getMessage()).lines().findFirst().orElse("failed"));
            return false;
        }
    }

    void iterate() {
        long begin = System.nanoTime();
        run();
        measured.run(millisSince(begin));
    }

    private Map<String, TInt32> inputs() {
        return Map.of(PdeObjective.ROWS, rows, PdeObjective.SYMMETRIES, symmetries);
    }

    private List<Iteration> run() {
        double[] rates = new double[measured.atOnce()];
        Arrays.fill(rates, RATE);
        return graph.train(Collections.nCopies(rates.length, inputs()), rates);
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    @Override
    public void close() {
        rows.close();
        symmetries.close();
        graph.close();
    }
}
