package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.FromRest;
import dev.odeon.adjoint.step.StepAdjoint;
import dev.odeon.adjoint.step.StepGradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.StepInput;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.engine.Use;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.forward.adaptive.AdaptiveLoop;
import dev.odeon.solvers.forward.adaptive.Checkpoints;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The accepted steps of a solve that chose them, their sizes taken as constants.
 *
 * <p>Rejected steps leave no trace. Factors are those the forward loop cached.
 *
 * @param coefficients of the dense output from which states are kept; zero if none are
 */
public record AdaptiveTakenSteps<T extends TFloating>(
        Problem<T> problem,
        Method method,
        AdaptiveLoop<T> loop,
        Stepper<T> stepper,
        int coefficients,
        List<TensorSpec> carried,
        List<TensorSpec> recorded)
        implements TakenSteps<T> {

    /** From what the forward loop starts with. */
    public static <T extends TFloating> AdaptiveTakenSteps<T> of(
            Problem<T> problem, Method method, AdaptiveLoop<T> loop, SaveAt saveAt, Values initialForward) {
        List<TensorSpec> specs = initialForward.specs();
        return new AdaptiveTakenSteps<>(
                problem,
                method,
                loop,
                // Steps that are taken again start from nothing but a state.
                Steppers.of(problem, method, Use.FIXED),
                Steppers.keptCoefficients(method, saveAt),
                specs.stream()
                        .filter(spec -> spec.name().equals(AdaptiveLoop.STATE)
                                || spec.name().equals(ReversedStates.Z))
                        .toList(),
                specs.stream()
                        .filter(spec -> AdaptiveLoop.ofTrajectory(spec.name())
                                && !spec.name().equals(AdaptiveLoop.TRAJECTORY + AdaptiveLoop.STATE)
                                && !spec.name().equals(AdaptiveLoop.TRAJECTORY + StoredStages.STAGES)
                                && !Checkpoints.owns(spec.name()))
                        .toList());
    }

    @Override
    public Class<T> type() {
        return problem.type();
    }

    @Override
    public String count() {
        return AdaptiveLoop.RECORDED;
    }

    @Override
    public @Nullable Integer planned() {
        return null;
    }

    @Override
    public String rowsOf(String name) {
        return AdaptiveLoop.TRAJECTORY + name;
    }

    @Override
    public StepInput<T> input(Ops tf, Operand<TInt32> step, Operand<T> state, Values memory, Values inside) {
        return loop.recorded(tf, step, state, memory, inside);
    }

    @Override
    public Operand<T> atEnd(Ops tf, Operand<TInt32> step, Operand<T> lambda, Values inside) {
        return lambda;
    }

    @Override
    public StepAdjoint<T> adjoint(
            Ops tf, Operand<TInt32> step, StepInput<T> input, Operand<T> lambda, Values memoryLambda, Values inside) {
        if (coefficients == 0) {
            return StepAdjoint.of(tf, problem, method, stepper, input, lambda, memoryLambda);
        }
        Operand<T> kept = inside.get(BackwardLoop.KEPT_GRADIENT, type());
        return new StepGradients<>(
                tf,
                new FromRest<>(loop.stepper()),
                input.forDifferentiation(),
                lambda,
                memoryLambda,
                loop.denseGradients(tf, input, step, kept, coefficients, inside));
    }
}
