package dev.odeon.models.training;

import dev.odeon.graph.Compilation;
import dev.odeon.models.optimisers.Optimiser;
import java.util.Objects;

/**
 * How a model is turned into a graph.
 *
 * @param maxGradientNorm to which all gradients together are clipped; infinite for no clipping
 * @param compilation of training and evaluation
 * @param seed of the parameters' first values
 */
public record TrainingSettings(Optimiser optimiser, double maxGradientNorm, Compilation compilation, long seed) {

    public TrainingSettings {
        Objects.requireNonNull(optimiser, "optimiser");
        Objects.requireNonNull(compilation, "compilation");
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("The largest gradient norm is " + maxGradientNorm
                    + ": give a positive number, or Double.POSITIVE_INFINITY for no clipping");
        }
    }

    /** Without clipping. */
    public TrainingSettings(Optimiser optimiser, Compilation compilation, long seed) {
        this(optimiser, Double.POSITIVE_INFINITY, compilation, seed);
    }
}
