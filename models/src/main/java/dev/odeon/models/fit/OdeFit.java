package dev.odeon.models.fit;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SolveFailedException;
import dev.odeon.solvers.steps.SaveAt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/**
 * Fits the parameters of an ODE to samples of its solutions: all of them in each iteration, by the gradient of the mean square
 * error.
 *
 * <p>For rates of reactions, small networks and first looks at data. Batches, learning rates that fall, validation and runs
 * that can be resumed are those of {@code models.training}. Owns graph and session: close it.
 *
 * <pre>{@code
 * try (OdeFit<TFloat64> fit = OdeFit.of(TFloat64.class, solver,
 *         parameters -> parameters.declare("rates", TFloat64.class, Shape.of(3), Initializer.of(0.1, 1, 2)), data)) {
 *     fit.train(300, 0.01);
 *     double[] rates = fit.parameter("rates");
 * }
 * }</pre>
 *
 * @param <T> element type of states and parameters
 */
public final class OdeFit<T extends TFloating> implements AutoCloseable {

    /** A prediction that was added to the graph. */
    private record Predicted<T extends TFloating>(Placeholder<T> starts, Solution<T> solution) {}

    private final TrajectoryObjective<T> objective;
    private final Fit<T> fit;
    private final Map<List<Double>, Predicted<T>> predictions = new HashMap<>();

    private OdeFit(TrajectoryObjective<T> objective, TrainingSettings settings) {
        this.objective = objective;
        Map<String, T> data = objective.tensors();
        try {
            this.fit = Fit.of(objective, data, settings);
        } finally {
            data.values().forEach(Tensor::close);
        }
    }

    /**
     * A fit by Adam, whose graph is run by whichever suits it.
     *
     * @param type of the states
     * @param solver of the equation, with any gradient
     * @param declaration declares what the field reads of {@code theta}, with its first values
     * @param data series of states [components], which the field sees as [series, components]
     */
    public static <T extends TFloating> OdeFit<T> of(
            Class<T> type, OdeSolver<T> solver, Consumer<Parameters> declaration, Trajectories data) {
        return of(type, solver, declaration, data, Fit.settings());
    }

    /** The same with another optimiser, clipping, seed or compilation. */
    public static <T extends TFloating> OdeFit<T> of(
            Class<T> type,
            OdeSolver<T> solver,
            Consumer<Parameters> declaration,
            Trajectories data,
            TrainingSettings settings) {
        return new OdeFit<>(new TrajectoryObjective<>(type, solver, declaration, data), settings);
    }

    /** As {@link Fit#train(int, double)}. */
    public double[] train(int iterations, double learningRate) {
        return fit.train(iterations, learningRate);
    }

    /** As {@link Fit#train(int, double, Fit.Listener)}. */
    public double[] train(int iterations, double learningRate, Fit.Listener listener) {
        return fit.train(iterations, learningRate, listener);
    }

    /** As {@link Fit#loss}. */
    public double loss() {
        return fit.loss();
    }

    /** As {@link Fit#parameter}. */
    public double[] parameter(String name) {
        return fit.parameter(name);
    }

    /**
     * Solves with the parameters as they are, from other starts and over other times if wanted.
     *
     * @param starts [series][components]
     * @param times [times], the first of which is that of the starts
     * @return [series][times][components]
     * @throws SolveFailedException if the solve fails
     */
    public double[][][] predict(double[][] starts, double... times) {
        int components = objective.data().components();
        double[] flat = new double[starts.length * components];
        for (int s = 0; s < starts.length; s++) {
            if (starts[s].length != components) {
                throw new IllegalArgumentException(
                        "Start " + s + " has " + starts[s].length + " components: give " + components);
            }
            System.arraycopy(starts[s], 0, flat, s * components, components);
        }
        Predicted<T> predicted = predicted(starts.length, times);
        try (T fed = Floats.tensor(objective.type(), objective.startShape(starts.length), flat);
                Result result = fit.graph()
                        .session()
                        .runner()
                        .feed(predicted.starts(), fed)
                        .fetch(predicted.solution().states())
                        .fetch(predicted.solution().outcome())
                        .run()) {
            Outcome.of(result.get(1)).require();
            return unpacked(Floats.read(result.get(0)), starts.length, times.length, components);
        }
    }

    private static double[][][] unpacked(double[] flat, int series, int times, int components) {
        double[][][] states = new double[series][times][];
        for (int k = 0; k < times; k++) {
            for (int s = 0; s < series; s++) {
                int from = (k * series + s) * components;
                states[s][k] = Arrays.copyOfRange(flat, from, from + components);
            }
        }
        return states;
    }

    /** Added once for the same times and number of starts, or a loop of predictions would make the graph grow. */
    private Predicted<T> predicted(int series, double... times) {
        List<Double> key = new ArrayList<>(Arrays.stream(times).boxed().toList());
        key.add((double) series);
        return predictions.computeIfAbsent(key, unseen -> {
            TrainingGraph<T> graph = fit.graph();
            Ops tf = graph.tf();
            Placeholder<T> starts = tf.placeholder(objective.type(), Placeholder.shape(objective.startShape(series)));
            Operand<T> given = starts;
            Solution<T> solution = objective
                    .solver()
                    .withGradient(Gradient.NONE)
                    .solve(tf, given, graph.parameters(), SaveAt.times(times));
            return new Predicted<>(starts, solution);
        });
    }

    /** As {@link Fit#save}. */
    public void save(Path prefix) {
        fit.save(prefix);
    }

    /** As {@link Fit#restore}. */
    public void restore(Path prefix) {
        fit.restore(prefix);
    }

    @Override
    public void close() {
        fit.close();
    }
}
