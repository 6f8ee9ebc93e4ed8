package dev.odeon.adjoint;

import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.StepControl;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Which solves have which gradients. */
final class Differentiability {

    private Differentiability() {}

    /** Throws if a solve cannot be differentiated as asked for. */
    static <T extends TFloating> void require(
            Ops tf, Problem<T> problem, Method method, StepControl control, Gradient gradient) {
        if (gradient == Gradient.NONE) {
            return;
        }
        if (control instanceof PidController) {
            throw new IllegalArgumentException("Steps chosen during the solve have no " + gradient
                    + " yet: take FixedSteps, or Gradient.NONE for predictions");
        }
        if (method instanceof ImplicitRungeKutta || method instanceof BackwardDifferentiation) {
            throw new IllegalArgumentException(
                    "The method " + method.name() + " solves its equations in an inner loop and" + " has no " + gradient
                            + " yet: take an IMEX or explicit method, or Gradient.NONE for predictions");
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
}
