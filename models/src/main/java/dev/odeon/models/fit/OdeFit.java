package dev.odeon.models.fit;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.training.AtOnce;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SolveFailedException;
import dev.odeon.solvers.steps.SaveAt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

    /** Iterations in one run of the graph. */
    private static final int AT_ONCE = 20;

    /** Who is told the loss of each iteration, before its parameters changed. */
    @FunctionalInterface
    public interface Listener {
        /** Says nothing. */
        Listener SILENT = (iteration, loss) -> {};

        /**
         * After an iteration.
         *
         * @param iteration from 1
         */
        void told(int iteration, double loss);
    }

    /** A prediction that was added to the graph. */
    private record Predicted<T extends TFloating>(Placeholder<T> starts, Solution<T> solution) {}

    private final TrajectoryObjective<T> objective;
    private final TrainingGraph<T> graph;
    private final Map<List<Double>, Predicted<T>> predictions = new HashMap<>();

    private OdeFit(TrajectoryObjective<T> objective, TrainingSettings settings) {
        this.objective = objective;
        Map<String, T> data = objective.tensors();
        try {
            this.graph = new TrainingGraph<>(objective, data, settings);
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
        TrainingSettings settings =
                new TrainingSettings(new Adam(0), Compilation.AUTO, 0).withAtOnce(AtOnce.atMost(AT_ONCE));
        return of(type, solver, declaration, data, settings);
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

    /**
     * Trains, in silence.
     *
     * @return the loss before the first iteration and after each
     * @throws SolveFailedException if a solve fails, or its loss or gradient is not finite; the parameters are then those of
     *     the last good iteration
     */
    public double[] train(int iterations, double learningRate) {
        return train(iterations, learningRate, Listener.SILENT);
    }

    /** The same, telling how it goes. */
    public double[] train(int iterations, double learningRate, Listener listener) {
        if (iterations < 1) {
            throw new IllegalArgumentException("A fit of " + iterations + " iterations: give 1 or more");
        }
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException("The learning rate is " + learningRate + ": give a positive number");
        }
        double[] losses = new double[iterations + 1];
        int done = 0;
        while (done < iterations) {
            double[] rates = new double[Math.min(graph.atOnce(), iterations - done)];
            Arrays.fill(rates, learningRate);
            for (Iteration iteration : graph.train(Collections.nCopies(rates.length, Map.of()), rates)) {
                iteration.verdict().require();
                losses[done++] = iteration.loss();
                listener.told(done, iteration.loss());
            }
        }
        losses[iterations] = loss();
        return losses;
    }

    /**
     * The loss of the parameters as they are.
     *
     * @throws SolveFailedException if the solve fails
     */
    public double loss() {
        Iteration evaluation = graph.evaluate(Map.of());
        evaluation.verdict().require();
        return evaluation.loss();
    }

    /**
     * The numbers of a parameter, row by row.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public double[] parameter(String name) {
        if (!graph.parameters().names().contains(name)) {
            throw new IllegalArgumentException("There is no parameter '" + name + "': choose one of "
                    + graph.parameters().names());
        }
        try (Result result =
                graph.session().runner().fetch(graph.parameters().get(name)).run()) {
            return Floats.read(result.get(0));
        }
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
                Result result = graph.session()
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

    /** Writes parameters and optimiser to files with this prefix. */
    public void save(Path prefix) {
        graph.save(prefix);
    }

    /**
     * Reads them back.
     *
     * @throws IllegalArgumentException if the files are missing, damaged or of another model
     */
    public void restore(Path prefix) {
        graph.restore(prefix);
    }

    @Override
    public void close() {
        graph.close();
    }
}
