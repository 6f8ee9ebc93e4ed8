package dev.odeon.solvers;

import java.util.Objects;

/**
 * An Adams predictor and corrector: predict, evaluate, correct, evaluate (PECE), two evaluations a step.
 *
 * <p>The predictor is Adams-Bashforth and the corrector Adams-Moulton of the same order. More accurate and stable than
 * {@link AdamsBashforth} alone. Source: Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 1993, III.1.
 *
 * @param order of predictor and corrector
 */
public record AdamsBashforthMoulton(String name, int order) implements Multistep {
    public AdamsBashforthMoulton {
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
        return StepCost.explicit(2);
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
