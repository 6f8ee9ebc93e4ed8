package dev.odeon.solvers;

import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.Embedded;
import dev.odeon.solvers.tableaux.ImplicitTableau;
import java.util.Objects;
import java.util.Optional;

/**
 * An implicit Runge-Kutta method on the whole field: each step solves nonlinear equations.
 *
 * <p>For stiff fields that have no linear part to split off. Stages with lower triangular coefficients are solved one
 * after the other, others together. With an optimiser as solver of the equations it is a proximal method.
 *
 * @param solver of the stage equations
 */
public record ImplicitRungeKutta(String name, ImplicitTableau tableau, NonlinearSolver solver)
        implements IteratedMethod {
    public ImplicitRungeKutta {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tableau, "tableau");
        Objects.requireNonNull(solver, "solver");
    }

    @Override
    public ImplicitRungeKutta with(NonlinearSolver other) {
        return new ImplicitRungeKutta(name, tableau, other);
    }

    @Override
    public int order() {
        return tableau.order();
    }

    @Override
    public Family family() {
        return solver.proximal() ? Family.PROXIMAL : Family.IMPLICIT_RUNGE_KUTTA;
    }

    @Override
    public Optional<Embedded> embedded() {
        return tableau.embedded();
    }

    @Override
    public Optional<StepEnd> stepEnd() {
        return Optional.of(tableau.coefficients().stifflyAccurate() ? StepEnd.LAST_STAGE : StepEnd.COMBINATION);
    }

    @Override
    public StageReach stageReach() {
        return StageReach.of(tableau.coefficients());
    }

    @Override
    public StepCost cost() {
        Butcher coefficients = tableau.coefficients();
        int stages = coefficients.stages();
        int solved = coefficients.implicitStages();
        return coefficients.lowerTriangular()
                ? StepCost.iterated(stages - solved, 1, solved)
                : StepCost.iterated(0, stages, 1);
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }
}
