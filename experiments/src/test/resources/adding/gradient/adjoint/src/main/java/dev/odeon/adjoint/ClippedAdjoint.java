package dev.odeon.adjoint;

import dev.odeon.adjoint.differentiation.ClippedDifferentiation;
import dev.odeon.solvers.solve.Differentiation;

/**
 * The discrete adjoint, clipped at every step on the way back, so that chaos does not blow it up.
 *
 * @param bound of every number of the gradient with respect to a state, positive
 */
public record ClippedAdjoint(double bound) implements Gradient {
    public ClippedAdjoint {
        if (!(bound > 0)) {
            throw new IllegalArgumentException("The bound is " + bound + ": give a positive number");
        }
    }

    @Override
    public String label() {
        return "clipped adjoint";
    }

    @Override
    public Differentiation differentiation() {
        return new ClippedDifferentiation(label(), bound);
    }
}
