package dev.odeon.adjoint;

import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Which solves have which gradients. */
final class Differentiability {

    private static final int LARGEST_TRAJECTORY = 10_000;

    private Differentiability() {}

    /** Throws if a solve cannot be differentiated as asked for. */
    static <T extends TFloating> void require(
            Ops tf, Problem<T> problem, Method method, StepControl control, Gradient gradient, SaveAt saveAt) {
        if (gradient == Gradient.NONE) {
            return;
        }
        if (control instanceof PidController pid) {
            requireRecordable(pid, gradient, saveAt);
        }
        LinearOperator<T> linear = problem.linear();
        if (method instanceof ExponentialRungeKutta
                && linear != null
                && !linear.data(tf, problem.type()).differentiable().isEmpty()) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " cannot differentiate the exponential of a trainable linear part: make the operator from numbers, or"
                    + " take an IMEX method");
        }
    }

    private static void requireRecordable(PidController control, Gradient gradient, SaveAt saveAt) {
        if (gradient == Gradient.BACKPROPAGATION) {
            throw new IllegalArgumentException("Steps chosen during the solve cannot be unrolled for " + gradient
                    + ": take Gradient.DISCRETE_ADJOINT, or FixedSteps");
        }
        if (control.scope() == PidController.Scope.EACH_SAMPLE || saveAt.intermediate() == SaveAt.Kept.ALL) {
            throw new IllegalArgumentException("Samples with their own steps, and states between chosen steps, have no "
                    + gradient + " yet: share the steps and keep the end only, take FixedSteps, or Gradient.NONE");
        }
        if (control.maxSteps() > LARGEST_TRAJECTORY) {
            throw new IllegalArgumentException("The adjoint stores up to " + control.maxSteps()
                    + " states: bound them by withMaxSteps, at most " + LARGEST_TRAJECTORY + ", or take Gradient.NONE");
        }
    }
}
