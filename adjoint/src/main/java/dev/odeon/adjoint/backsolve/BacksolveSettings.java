package dev.odeon.adjoint.backsolve;

import dev.odeon.adjoint.backward.StateComparison;
import dev.odeon.adjoint.norms.ErrorNorm;
import dev.odeon.solvers.IteratedMethod;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.StepControl;
import org.jspecify.annotations.Nullable;

/**
 * How the adjoint equation is solved.
 *
 * @param method of any family but the exponential
 * @param control whose steps the batch shares
 * @param norm of the errors that choose the steps
 * @param comparison of what the way back finds with what the solve passed; null for none, else a {@code LargestStates}
 *     watches the solve
 */
public record BacksolveSettings(
        Method method,
        StepControl control,
        ErrorNorm norm,
        @Nullable StateComparison comparison) {

    /** The method for packed states, which has one tolerance for all that is packed: the strictest. */
    Method packedMethod() {
        return method instanceof IteratedMethod iterated ? iterated.with(packed(iterated.solver())) : method;
    }

    /** The control for packed states, likewise. */
    StepControl packedControl() {
        return control instanceof PidController pid
                ? pid.withRelative(pid.rtol().strictest())
                        .withAbsolute(pid.atol().strictest())
                : control;
    }

    /** A solver for packed states, likewise. */
    static NonlinearSolver packed(NonlinearSolver solver) {
        return solver.absolute().uniform()
                ? solver
                : solver.withAbsolute(solver.absolute().strictest());
    }
}
