package dev.odeon.adjoint;

import dev.odeon.adjoint.backsolve.Way;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.solvers.AdamsBashforth;
import dev.odeon.solvers.AdamsBashforthMoulton;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.ImexMultistep;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import org.jspecify.annotations.Nullable;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Which solves have which gradients. */
final class Differentiability {

    private static final int LARGEST_TRAJECTORY = 10_000;

    private static final System.Logger LOG = System.getLogger(Differentiability.class.getName());

    private Differentiability() {}

    /** Throws if a solve cannot be differentiated as asked for. */
    static <T extends TFloating> void require(
            Ops tf,
            Problem<T> problem,
            Method method,
            StepControl control,
            Gradient gradient,
            SaveAt saveAt,
            @Nullable StopEvent<T> event) {
        if (gradient instanceof NoGradient) {
            return;
        }
        if (event != null || saveAt.intermediate() == SaveAt.Kept.DENSE) {
            throw new IllegalArgumentException((event != null ? "Events" : "Solutions as functions of time")
                    + " have no gradient: take Gradient.NONE, or solve again to the times that were found with"
                    + " SaveAt.times");
        }
        if (gradient instanceof ReversibleAdjoint) {
            requireReversible(problem, method);
        }
        if (gradient instanceof BacksolveAdjoint backsolve) {
            requireSolvable(problem, backsolve.way());
        }
        if (gradient instanceof DiscreteAdjoint adjoint
                && adjoint.checkpointing() instanceof Checkpointing.StoreStages) {
            requireStages(problem, method, control, saveAt);
        }
        if (control instanceof PidController pid) {
            requireRecordable(pid, gradient, saveAt);
        }
        LinearOperator<T> linear = problem.linear();
        if (!(gradient instanceof BacksolveAdjoint)
                && method instanceof ExponentialRungeKutta
                && linear != null
                && !linear.data(tf, problem.type()).differentiable().isEmpty()) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " cannot differentiate the exponential of a trainable linear part: make the operator from numbers, or"
                    + " take an IMEX method");
        }
    }

    private static void requireReversible(Problem<?> problem, Method method) {
        if (method instanceof AdamsBashforth
                || method instanceof AdamsBashforthMoulton
                || method instanceof BackwardDifferentiation
                || method instanceof ImexMultistep) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " looks back over several steps and cannot be made reversible: take a one-step method such as"
                    + " imex-rk3 or dopri5, or Gradient.DISCRETE_ADJOINT");
        }
        if (problem.type().equals(TFloat32.class)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The reversible adjoint reconstructs its states to rounding, which float32 makes coarse: take float64,"
                            + " or Gradient.DISCRETE_ADJOINT");
        }
    }

    private static void requireStages(Problem<?> problem, Method method, StepControl control, SaveAt saveAt) {
        if (!(method instanceof RungeKutta) || problem.split() != null) {
            throw new IllegalArgumentException("The adjoint of " + method.name()
                    + " has no use for stored stages: take Checkpointing.storeAll(), or an explicit or IMEX Runge-Kutta"
                    + " method with a linear implicit part");
        }
        if (control instanceof PidController && saveAt.keepsTimes()) {
            throw new IllegalArgumentException(
                    "The adjoint of states between chosen steps has no use for stored stages:"
                            + " take Checkpointing.storeAll(), keep the end only, or take FixedSteps");
        }
    }

    private static void requireSolvable(Problem<?> problem, Way way) {
        Method method = way.method();
        if (method instanceof ExponentialRungeKutta) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " has no exponential for the way back of the backsolve adjoint: give it another method by"
                    + " BacksolveAdjoint.of, such as dopri5 or imex-rk4");
        }
        boolean split = problem.linear() != null || (problem.split() != null && method instanceof ImexRungeKutta);
        if (method.linearPart() == Method.LinearPart.SEPARATE && !split) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " of the backsolve adjoint needs the linear part, which the solve took with the rest of the field:"
                    + " take an IMEX method for the solve, too, or an explicit method for the way back");
        }
        if (way.control() instanceof PidController control) {
            if (Steppers.errorEstimate(method).isEmpty()) {
                throw new IllegalArgumentException("The method " + method.name()
                        + " of the backsolve adjoint has no error estimate: give it FixedSteps, or a method with one such"
                        + " as tsit5, imex-rk3 or kvaerno5");
            }
            if (control.scope() == PidController.Scope.EACH_SAMPLE) {
                throw new IllegalArgumentException(
                        "The samples share the gradients with respect to the parameters, so that"
                                + " their ways back cannot have steps of their own: give BacksolveAdjoint.of a control whose scope is"
                                + " WHOLE_BATCH, or take Gradient.DISCRETE_ADJOINT");
            }
        }
    }

    private static void requireRecordable(PidController control, Gradient gradient, SaveAt saveAt) {
        if (gradient instanceof Backpropagation) {
            throw new IllegalArgumentException("Steps chosen during the solve cannot be unrolled for "
                    + gradient.label() + ": take Gradient.DISCRETE_ADJOINT, or FixedSteps");
        }
        if (saveAt.intermediate() == SaveAt.Kept.STEPS) {
            throw new IllegalArgumentException("The states at the chosen steps themselves have no " + gradient.label()
                    + ": keep states at given times with SaveAt.times, or take Gradient.NONE");
        }
        if (gradient instanceof ReversibleAdjoint && saveAt.keepsTimes()) {
            throw new IllegalArgumentException("States kept between or at chosen steps have no " + gradient.label()
                    + ": keep the end only, take FixedSteps, or Gradient.DISCRETE_ADJOINT");
        }
        if (gradient instanceof DiscreteAdjoint adjoint
                && (adjoint.checkpointing() instanceof Checkpointing.StoreAll
                        || adjoint.checkpointing() instanceof Checkpointing.StoreStages)
                && control.maxSteps() > LARGEST_TRAJECTORY) {
            throw new IllegalArgumentException(
                    "The adjoint stores up to " + control.maxSteps() + " states: bound them by withMaxSteps, at most "
                            + LARGEST_TRAJECTORY + ", or take Checkpointing.onlineRevolve(slots)");
        }
    }
}
