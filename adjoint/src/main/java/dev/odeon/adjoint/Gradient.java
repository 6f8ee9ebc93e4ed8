package dev.odeon.adjoint;

/** How the gradient of a solve is computed. */
public enum Gradient {
    /**
     * The discrete adjoint: one backward loop, exact for the steps that were taken.
     *
     * <p>Stores one state per step and recomputes the stages of each step on the way back. Source: Zhang, Liu, Maulik,
     * Semi-Implicit Neural Ordinary Differential Equations, equations 15-17.
     */
    DISCRETE_ADJOINT,
    /**
     * TensorFlow's own gradient of the unrolled steps.
     *
     * <p>Exact as well; the graph and the memory grow with steps times stages. For comparison and for very few steps.
     */
    BACKPROPAGATION,
    /** No gradient: nothing is stored. For predictions. */
    NONE
}
