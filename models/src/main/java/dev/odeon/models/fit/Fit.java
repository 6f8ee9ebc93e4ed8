package dev.odeon.models.fit;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.training.AtOnce;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.solvers.SolveFailedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Fits parameters to data that lie on the device whole: all of them in each iteration, by the gradient of any loss.
 *
 * <p>For small data and first looks. Batches, learning rates that fall, validation and runs that can be resumed are those of
 * {@code models.training}. Owns graph and session: close it.
 *
 * @param <T> element type of the loss
 */
public final class Fit<T extends TFloating> implements AutoCloseable {

    /** Iterations in one run of the graph. */
    private static final int AT_ONCE = 20;

    /** Tells the loss of each iteration, before its parameters changed. */
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

    /**
     * What is minimised.
     *
     * @param <T> element type of the loss
     */
    @FunctionalInterface
    public interface Loss<T extends TFloating> {
        /**
         * Adds the loss, and tells the solves that it was made from.
         *
         * @param data by name
         * @param theta the parameters
         */
        Score<T> score(Ops tf, Values data, Values theta);
    }

    private record LossObjective<T extends TFloating>(Class<T> type, Consumer<Parameters> declaration, Loss<T> loss)
            implements Objective<T> {
        @Override
        public void declare(Parameters parameters) {
            declaration.accept(parameters);
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of();
        }

        @Override
        public Score<T> score(Ops tf, Values values, Values parameters, Phase phase) {
            return loss.score(tf, values, parameters);
        }
    }

    private final TrainingGraph<T> graph;

    private Fit(TrainingGraph<T> graph) {
        this.graph = graph;
    }

    /** The settings of a fit that is told of none: Adam, and whoever suits the graph runs it. */
    public static TrainingSettings settings() {
        return new TrainingSettings(new Adam(0), Compilation.AUTO, 0).withAtOnce(AtOnce.atMost(AT_ONCE));
    }

    /**
     * A fit by Adam.
     *
     * @param type of the loss
     * @param declaration declares the parameters, with their first values
     * @param data tensors by name; may be closed afterwards
     * @param loss of the data
     */
    public static <T extends TFloating> Fit<T> of(
            Class<T> type, Consumer<Parameters> declaration, Map<String, ? extends TType> data, Loss<T> loss) {
        return of(new LossObjective<>(type, declaration, loss), data, settings());
    }

    /**
     * A fit of any objective without inputs.
     *
     * @param settings optimiser, clipping, seed, compilation
     * @throws IllegalArgumentException if the objective has inputs, which nobody would feed here
     */
    public static <T extends TFloating> Fit<T> of(
            Objective<T> objective, Map<String, ? extends TType> data, TrainingSettings settings) {
        if (!objective.inputs().isEmpty()) {
            throw new IllegalArgumentException("The objective reads the inputs " + objective.inputs()
                    + ", which a fit does not feed: take BatchedTraining");
        }
        return new Fit<>(new TrainingGraph<>(objective, data, settings));
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
        return read(graph.parameters().get(name));
    }

    /**
     * Adds something made of the parameters to the graph, and computes it with the parameters as they are.
     *
     * <p>Each call makes the graph grow.
     *
     * @return its numbers, row by row
     */
    public double[] evaluated(BiFunction<Ops, Values, Operand<T>> made) {
        return read(made.apply(graph.tf(), graph.parameters()));
    }

    private double[] read(Operand<?> operand) {
        try (Result result = graph.session().runner().fetch(operand).run()) {
            return Floats.read(result.get(0));
        }
    }

    /** The graph, to which more may be added, and the session in which the parameters live. */
    public TrainingGraph<T> graph() {
        return graph;
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
