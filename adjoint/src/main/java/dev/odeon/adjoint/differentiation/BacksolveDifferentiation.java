package dev.odeon.adjoint.differentiation;

import dev.odeon.adjoint.backsolve.BacksolveLoop;
import dev.odeon.adjoint.backsolve.BacksolveSettings;
import dev.odeon.adjoint.backsolve.Intervals;
import dev.odeon.adjoint.backward.StateComparison;
import dev.odeon.adjoint.norms.ErrorNorm;
import dev.odeon.adjoint.step.LargestStates;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.solve.GradientPlan;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.StepBound;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.TimeResolution;
import dev.odeon.solvers.tolerances.Tolerance;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The adjoint equation is solved; the steps leave no trace.
 *
 * @param label of the gradient in messages
 * @param method of the way back; null for that of the solve
 * @param control of the way back; null for that of the solve
 * @param norm of the errors that choose the steps of the way back
 * @param tolerance of the comparison with the states that the solve passed; null for what both solves allow
 */
public record BacksolveDifferentiation(
        String label,
        @Nullable Method method,
        @Nullable StepControl control,
        ErrorNorm norm,
        @Nullable Double tolerance)
        implements Differentiation {

    private static final double OF_THE_STATE = 0.05;

    /** Where steps are chosen, both solves may err by many tolerances. */
    private static final double OF_THE_TOLERANCE = 100;

    @Override
    public <T extends TFloating> void require(Ops tf, SolveSettings<T> settings) {
        Requirements.pointsOnly(settings, label);
        if (settings.clock() != null) {
            throw new IllegalArgumentException(
                    "Times that are tensors, as those of SampleTimes and Jumps.trained, have no " + label
                            + ": take Gradient.DISCRETE_ADJOINT, or give numbers by SaveAt and Jumps.at");
        }
        requireSolvable(settings.problem(), completed(settings));
        Requirements.givenTimes(settings, label);
        if (control != null) {
            new TimeResolution(settings.problem().type()).require(settings.saveAt(), control);
        }
    }

    private static void requireSolvable(Problem<?> problem, BacksolveSettings back) {
        Method method = back.method();
        if (method.exponentiates()) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " has no exponential for the way back of the backsolve adjoint: give it another method by"
                    + " BacksolveAdjoint.of, such as dopri5 or imex-rk4");
        }
        boolean split = problem.linear() != null || (problem.split() != null && method.splitsNonlinear());
        if (method.linearPart() == Method.LinearPart.SEPARATE && !split) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " of the backsolve adjoint needs the linear part, which the solve took with the rest of the field:"
                    + " take an IMEX method for the solve, too, or an explicit method for the way back");
        }
        if (back.control() instanceof PidController control) {
            if (method.embedded().isEmpty()) {
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

    private BacksolveSettings completed(SolveSettings<?> settings) {
        StepControl given = control == null ? settings.control() : control;
        Problem<?> problem = settings.problem();
        StepControl back = given instanceof PidController pid ? pid.attainable(problem.type(), problem.shape()) : given;
        return new BacksolveSettings(
                method == null ? settings.method() : method, back, norm, comparison(settings.control(), back));
    }

    private @Nullable StateComparison comparison(StepControl... controls) {
        if (tolerance != null) {
            return StateComparison.of(tolerance);
        }
        Tolerance relative = Tolerance.of(OF_THE_STATE);
        Tolerance absolute = Tolerance.of(0);
        for (StepControl each : controls) {
            if (each instanceof PidController chosen) {
                relative = relative.atLeast(chosen.rtol().times(OF_THE_TOLERANCE));
                absolute = absolute.atLeast(chosen.atol().times(OF_THE_TOLERANCE));
            }
        }
        return new StateComparison(relative, absolute);
    }

    @Override
    public <T extends TFloating> Stepper<T> stepper(SolveSettings<T> settings, Stepper<T> stepper) {
        return completed(settings).comparison() == null ? stepper : new LargestStates<>(stepper);
    }

    @Override
    public <T extends TFloating> SolveSettings<T> wayBack(SolveSettings<T> settings) {
        BacksolveSettings back = completed(settings);
        return settings.with(back.method(), settings.saveAt()).with(back.control());
    }

    @Override
    public Optional<Differentiation> ofFirstSteps() {
        return DiscreteDifferentiation.ofFew();
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep) {
        BacksolveSettings back = completed(settings);
        Problem<T> problem = settings.problem();
        return new GradientPlan<>(
                Storage.nothing(),
                (inner, loop, nodes) -> BacksolveLoop.define(inner, problem, back, Intervals.of(loop), loop)
                        .key(inner, nodes));
    }
}
