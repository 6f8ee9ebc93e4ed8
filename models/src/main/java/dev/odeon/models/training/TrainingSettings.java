package dev.odeon.models.training;

import dev.odeon.graph.Compilation;
import dev.odeon.models.optimisers.Averaging;
import dev.odeon.models.optimisers.Clipping;
import dev.odeon.models.optimisers.Optimiser;
import java.util.Objects;

/**
 * How a model is turned into a graph.
 *
 * @param optimiser that changes the parameters
 * @param clipping of the gradients before the optimiser sees them
 * @param averaging of the parameters over the iterations
 * @param accumulation iterations whose gradients are joined, by the weights of their batches, for one change of the
 *     parameters; 1 for a change in each
 * @param compilation of training and evaluation
 * @param atOnce iterations that are one run of the graph
 * @param seed of the parameters' first values
 */
public record TrainingSettings(
        Optimiser optimiser,
        Clipping clipping,
        Averaging averaging,
        int accumulation,
        Compilation compilation,
        AtOnce atOnce,
        long seed) {

    public TrainingSettings {
        Objects.requireNonNull(optimiser, "optimiser");
        Objects.requireNonNull(clipping, "clipping");
        Objects.requireNonNull(averaging, "averaging");
        Objects.requireNonNull(compilation, "compilation");
        Objects.requireNonNull(atOnce, "atOnce");
        if (accumulation < 1) {
            throw new IllegalArgumentException(
                    "Gradients of " + accumulation + " iterations are joined: give 1 or more");
        }
    }

    /** A change in each iteration, without clipping and averaging. */
    public TrainingSettings(Optimiser optimiser, Compilation compilation, long seed) {
        this(optimiser, Clipping.none(), Averaging.NONE, 1, compilation, AtOnce.AUTO, seed);
    }

    /** The same with a limit on the gradients. */
    public TrainingSettings withClipping(Clipping other) {
        return new TrainingSettings(optimiser, other, averaging, accumulation, compilation, atOnce, seed);
    }

    /** The same with a mean of the parameters. */
    public TrainingSettings withAveraging(Averaging other) {
        return new TrainingSettings(optimiser, clipping, other, accumulation, compilation, atOnce, seed);
    }

    /** The same with the gradients of several iterations joined. */
    public TrainingSettings withAccumulation(int iterations) {
        return new TrainingSettings(optimiser, clipping, averaging, iterations, compilation, atOnce, seed);
    }

    /** The same with other numbers of iterations in a run. */
    public TrainingSettings withAtOnce(AtOnce other) {
        return new TrainingSettings(optimiser, clipping, averaging, accumulation, compilation, other, seed);
    }
}
