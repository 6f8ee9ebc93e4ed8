package dev.odeon.solvers;

import java.util.Objects;

/**
 * An exponential time differencing Runge-Kutta method: J exactly by its exponential, G by explicit stages.
 *
 * <p>The functions phi_k(h J) are made once for each step size. Where J is diagonal in a basis that is cheap to go to
 * (diagonals, stencils on a ring, Kronecker sums and their multiples) a step adds some products with numbers in that basis;
 * for other operators the functions are dense matrices: not for large sparse J. Source: Cox, Matthews,
 * Exponential time differencing for stiff systems, 2002.
 *
 * @param order 2 or 4, also the number of stages
 */
public record ExponentialRungeKutta(String name, int order) implements Method {
    public ExponentialRungeKutta {
        Objects.requireNonNull(name, "name");
        if (order != 2 && order != 4) {
            throw new IllegalArgumentException(name + " of order " + order + " does not exist here: choose 2 or 4");
        }
    }

    @Override
    public LinearPart linearPart() {
        return LinearPart.SEPARATE;
    }

    @Override
    public Family family() {
        return Family.EXPONENTIAL;
    }

    @Override
    public StepCost cost() {
        return StepCost.explicit(order);
    }

    @Override
    public boolean exponentiates() {
        return true;
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }
}
