package dev.odeon.solvers;

import java.util.Objects;

/**
 * An implicit-explicit multistep method: ONE evaluation of G and ONE linear solve a step, with one factor.
 *
 * <p>Half the evaluations of a two-stage Runge-Kutta method of the same order; the price is a smaller stable step for
 * oscillating G. The first steps are taken by an IMEX Runge-Kutta method of the same order. Source: Ascher, Ruuth, Wetton,
 * Implicit-explicit methods for time-dependent partial differential equations, 1995.
 *
 * @param formula which family
 * @param order also the number of steps the formula reaches back
 */
public record ImexMultistep(String name, Formula formula, int order) implements Multistep {
    public ImexMultistep {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(formula, "formula");
        if (order < formula.lowest || order > formula.highest) {
            throw new IllegalArgumentException(formula + " has no order " + order + ": choose an order from "
                    + formula.lowest + " to " + formula.highest);
        }
    }

    /** How J is treated. */
    public enum Formula {
        /** Backward differentiation of u, G extrapolated: strong damping of stiff modes. */
        SBDF(1, 4),
        /** Crank-Nicolson on J, Adams-Bashforth on G: most accurate, hardly damps stiff modes. */
        CNAB(2, 2),
        /** Crank-Nicolson modified by a third point, which damps stiff modes. */
        MCNAB(2, 2);

        private final int lowest;
        private final int highest;

        Formula(int lowest, int highest) {
            this.lowest = lowest;
            this.highest = highest;
        }
    }

    @Override
    public LinearPart linearPart() {
        return LinearPart.SEPARATE;
    }

    @Override
    public Family family() {
        return Family.IMEX_MULTISTEP;
    }

    @Override
    public StepCost cost() {
        return StepCost.linear(1, 1, 1);
    }

    @Override
    public Method starter() {
        return switch (order) {
            case 1 -> this;
            case 2 -> Methods.IMEX_RK2;
            case 3 -> Methods.IMEX_RK3;
            default -> Methods.IMEX_RK4;
        };
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }
}
