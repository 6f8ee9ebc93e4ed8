package dev.odeon.solvers;

import dev.odeon.solvers.nonlinear.NonlinearSolver;

/** A method on the whole field whose steps solve equations by iteration; with an optimiser as solver it is proximal. */
public sealed interface IteratedMethod extends Method permits ImplicitRungeKutta, BackwardDifferentiation {

    /** The solver of its equations. */
    NonlinearSolver solver();

    /** The same method with another solver of its equations. */
    IteratedMethod with(NonlinearSolver other);

    @Override
    default LinearPart linearPart() {
        return LinearPart.ADDED;
    }
}
