package dev.odeon.solvers;

import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.tableaux.ImplicitTableau;
import java.util.Objects;

/**
 * An implicit Runge-Kutta method on the whole field: each step solves nonlinear equations.
 *
 * <p>For stiff fields that have no linear part to split off. Stages with lower triangular coefficients are solved one
 * after the other, others together. With an optimiser as solver of the equations it is a proximal method.
 *
 * @param solver of the stage equations
 */
public record ImplicitRungeKutta(String name, ImplicitTableau tableau, NonlinearSolver solver) implements Method {
    public ImplicitRungeKutta {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tableau, "tableau");
        Objects.requireNonNull(solver, "solver");
    }

    /** The same method with another solver of its equations. */
    public ImplicitRungeKutta with(NonlinearSolver other) {
        return new ImplicitRungeKutta(name, tableau, other);
    }

    @Override
    public int order() {
        return tableau.order();
    }

    @Override
    public LinearPart linearPart() {
        return LinearPart.ADDED;
    }

    @Override
    public StepSizes stepSizes() {
        return tableau.embedded().isPresent() ? StepSizes.ADAPTIVE : StepSizes.FIXED;
    }
}
