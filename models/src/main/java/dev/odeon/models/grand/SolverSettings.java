package dev.odeon.models.grand;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Compilation;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.steps.FixedSteps;
import java.util.Objects;

/**
 * How the diffusion is solved, differentiated and run.
 *
 * @param method an IMEX method solves the decay implicitly, an explicit one takes the field as a whole
 * @param steps the last one is shortened to end at the time of the model
 * @param gradient of training; an evaluation needs none
 * @param compilation of training and evaluation
 */
public record SolverSettings(Method method, FixedSteps steps, Gradient gradient, Compilation compilation) {

    public SolverSettings {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(steps, "steps");
        Objects.requireNonNull(gradient, "gradient");
        Objects.requireNonNull(compilation, "compilation");
        if (gradient == Gradient.NONE) {
            throw new IllegalArgumentException(
                    "The gradient is NONE, but training needs one: choose DISCRETE_ADJOINT or BACKPROPAGATION");
        }
    }

    /** By the discrete adjoint, compiled where there is a GPU. */
    public static SolverSettings of(Method method, double stepSize) {
        return new SolverSettings(method, new FixedSteps(stepSize), Gradient.DISCRETE_ADJOINT, Compilation.AUTO);
    }

    /** The same with another gradient. */
    public SolverSettings withGradient(Gradient other) {
        return new SolverSettings(method, steps, other, compilation);
    }

    /** The same, run by another one. */
    public SolverSettings withCompilation(Compilation other) {
        return new SolverSettings(method, steps, gradient, other);
    }
}
