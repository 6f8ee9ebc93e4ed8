package dev.odeon.adjoint;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** One solve with sizes chosen during it. */
final class AdaptiveSolve<T extends TFloating> {
    AdaptiveSolve(Ops tf, Problem<T> problem, Method method, PidController control) {}

    Solution<T> run(Operand<T> u0, Values theta, SaveAt saveAt) {
        throw new IllegalArgumentException("not yet");
    }
}
