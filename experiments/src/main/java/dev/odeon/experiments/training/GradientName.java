package dev.odeon.experiments.training;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;

/** Gradients by their names on the command line. */
public enum GradientName {
    adjoint,
    backsolve,
    backprop;

    /** How the solve is differentiated. */
    public Gradient gradient() {
        return switch (this) {
            case adjoint -> Gradient.DISCRETE_ADJOINT;
            case backsolve -> new BacksolveAdjoint();
            case backprop -> Gradient.BACKPROPAGATION;
        };
    }
}
