package dev.odeon.experiments.training;

import dev.odeon.adjoint.Gradient;

/** Gradients by their names on the command line. */
public enum GradientName {
    adjoint(Gradient.DISCRETE_ADJOINT),
    backprop(Gradient.BACKPROPAGATION);

    private final Gradient gradient;

    GradientName(Gradient gradient) {
        this.gradient = gradient;
    }

    /** How the solve is differentiated. */
    public Gradient gradient() {
        return gradient;
    }
}
