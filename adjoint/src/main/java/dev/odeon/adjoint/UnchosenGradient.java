package dev.odeon.adjoint;

import dev.odeon.adjoint.differentiation.UnchosenDifferentiation;
import dev.odeon.solvers.solve.Differentiation;

/** The gradient of a solver that was not told of one: {@link Gradient#UNCHOSEN}. */
record UnchosenGradient() implements Gradient {
    @Override
    public String label() {
        return DISCRETE_ADJOINT.label();
    }

    @Override
    @SuppressWarnings("exports")
    public Differentiation differentiation() {
        return new UnchosenDifferentiation(DISCRETE_ADJOINT.differentiation());
    }
}
