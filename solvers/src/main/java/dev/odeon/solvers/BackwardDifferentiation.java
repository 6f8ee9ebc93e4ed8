package dev.odeon.solvers;

import dev.odeon.solvers.nonlinear.NonlinearSolver;
import java.util.Objects;

/**
 * A backward differentiation formula: one nonlinear equation a step.
 *
 * <p>The derivative of the polynomial through the new and the last states is the rate at the new time. A-stable up to
 * order 2, stiffly stable beyond; for stiff fields with smooth solutions. The first steps are taken by an implicit
 * Runge-Kutta method. With an optimiser as solver it is a proximal method. Source: Gear, Numerical Initial Value Problems in
 * Ordinary Differential Equations, 1971.
 *
 * @param order also the number of steps the formula reaches back
 * @param solver of the equations
 */
public record BackwardDifferentiation(String name, int order, NonlinearSolver solver)
        implements IteratedMethod, Multistep {
    public BackwardDifferentiation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(solver, "solver");
        Orders.require(name, order);
    }

    @Override
    public BackwardDifferentiation with(NonlinearSolver other) {
        return new BackwardDifferentiation(name, order, other);
    }

    @Override
    public Family family() {
        return solver.proximal() ? Family.PROXIMAL : Family.BACKWARD_DIFFERENTIATION;
    }

    @Override
    public StepCost cost() {
        return StepCost.iterated(0, 1, 1);
    }

    @Override
    public Method starter() {
        return switch (order) {
            case 1 -> this;
            case 2 -> Methods.SDIRK2.with(solver);
            case 3 -> Methods.KVAERNO3.with(solver);
            case 4 -> Methods.KVAERNO4.with(solver);
            default -> Methods.KVAERNO5.with(solver);
        };
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }
}
