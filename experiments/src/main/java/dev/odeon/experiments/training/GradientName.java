package dev.odeon.experiments.training;

import dev.odeon.adjoint.Gradient;

/** Gradients by their names on the command line. */
public enum GradientName {
    adjoint,
    backprop;

    /** How the solve is differentiated. */
    public Gradient gradient() {
        return switch (this) {
            case adjoint -> Gradient.DISCRETE_ADJOINT;
            case backprop -> Gradient.BACKPROPAGATION;
        };
    }
}
