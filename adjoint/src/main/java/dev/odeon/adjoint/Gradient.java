package dev.odeon.adjoint;

import dev.odeon.solvers.solve.Differentiation;

/**
 * How the gradient of a solve is computed.
 *
 * <p>{@link DiscreteAdjoint} and {@link Backpropagation} differentiate the steps that were taken and agree to rounding; so does
 * {@link ReversibleAdjoint}, which takes other steps. {@link BacksolveAdjoint} solves the adjoint equation instead, with an error
 * of its own.
 */
public sealed interface Gradient
        permits DiscreteAdjoint, ReversibleAdjoint, BacksolveAdjoint, Backpropagation, NoGradient, UnchosenGradient {

    /** The discrete adjoint, which stores all states unless nobody knows how many: the right choice for most solves. */
    Gradient DISCRETE_ADJOINT = new DiscreteAdjoint();

    /** TensorFlow's own gradient of the unrolled steps: for comparison and for very few steps. */
    Gradient BACKPROPAGATION = new Backpropagation();

    /** No gradient: for predictions. */
    Gradient NONE = new NoGradient();

    /**
     * What a solver has before it is told of a gradient: the discrete adjoint, or none where the solve has no gradient, as one
     * that looks for events; who then asks for one is told so.
     */
    Gradient UNCHOSEN = new UnchosenGradient();

    /** The name in messages and documents. */
    String label();

    /** What a solve does for this gradient; for the solver, not for its users. */
    @SuppressWarnings("exports") // Users choose a gradient; what it does they need not see.
    Differentiation differentiation();
}
