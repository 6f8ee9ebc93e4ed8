package dev.odeon.solvers;

import java.util.Objects;

/**
 * An exponential time differencing Runge-Kutta method: J exactly by its exponential, G by explicit stages.
 *
 * <p>The functions phi_k(h J) are made once for each step size. They are matrices: for diagonal operators the cost of a
 * step is that of an explicit method, for others some dense products; not for large sparse J. Source: Cox, Matthews,
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
    public StepSizes stepSizes() {
        return StepSizes.FIXED;
    }
}
