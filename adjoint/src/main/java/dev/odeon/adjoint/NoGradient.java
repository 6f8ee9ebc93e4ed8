package dev.odeon.adjoint;

import dev.odeon.adjoint.differentiation.NoDifferentiation;
import dev.odeon.solvers.solve.Differentiation;

/** No gradient: nothing is stored, and a loss of the solution cannot be differentiated. */
public record NoGradient() implements Gradient {
    @Override
    public String label() {
        return "none";
    }

    @Override
    @SuppressWarnings("exports")
    public Differentiation differentiation() {
        return new NoDifferentiation(
                "A solve with Gradient.NONE cannot be differentiated: take Gradient.DISCRETE_ADJOINT");
    }
}
