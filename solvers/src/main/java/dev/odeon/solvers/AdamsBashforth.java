package dev.odeon.solvers;

import java.util.Objects;

/**
 * An explicit Adams method: one evaluation a step, whatever the order.
 *
 * <p>u_(n+1) = u_n + h sum_j w_j f_(n-j), the integral of the polynomial through the last rates. For fields that are
 * cheap to integrate but expensive to evaluate; the stable step shrinks with the order. The first steps are taken by an
 * explicit Runge-Kutta method. Source: Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 1993, III.1.
 *
 * @param order also the number of steps the formula reaches back
 */
public record AdamsBashforth(String name, int order) implements Multistep {
    public AdamsBashforth {
        Objects.requireNonNull(name, "name");
        Orders.require(name, order);
    }

    @Override
    public LinearPart linearPart() {
        return LinearPart.ADDED;
    }

    @Override
    public Family family() {
        return Family.ADAMS;
    }

    @Override
    public StepCost cost() {
        return StepCost.explicit(1);
    }

    @Override
    public Method starter() {
        return order > 1 ? Orders.explicitStarter(order) : this;
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }
}
