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
public record BackwardDifferentiation(String name, int order, NonlinearSolver solver) implements Method {
    public BackwardDifferentiation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(solver, "solver");
        Orders.require(name, order);
    }

    /** The same method with another solver of its equations. */
    public BackwardDifferentiation with(NonlinearSolver other) {
        return new BackwardDifferentiation(name, order, other);
    }

    @Override
    public LinearPart linearPart() {
        return LinearPart.ADDED;
    }

    @Override
    public StepSizes stepSizes() {
        return StepSizes.FIXED;
    }
}
