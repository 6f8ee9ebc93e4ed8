package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.MemorylessStepper;
import dev.odeon.adjoint.step.StepAdjoint;
import dev.odeon.adjoint.step.StepGradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.forward.chosen.Checkpoints;
import dev.odeon.solvers.forward.chosen.ChosenLoop;
import dev.odeon.solvers.solve.DefinedLoop;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.Stepper;
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
record ChosenTakenSteps<T extends TFloating>(
        Problem<T> problem,
        Method method,
        ChosenLoop<T> loop,
        Stepper<T> stepper,
        int coefficients,
        List<TensorSpec> carried,
        List<TensorSpec> recorded)
        implements TakenSteps<T> {

    /** Those of a loop. */
    static <T extends TFloating> ChosenTakenSteps<T> of(DefinedLoop.Chosen<T> loop) {
        Problem<T> problem = loop.steps().problem();
        return new ChosenTakenSteps<>(
                problem,
                loop.method(),
                loop.steps(),
                // Steps that are taken again start from nothing but a state.
                Steppers.of(problem, loop.method(), StepDemand.STATE),
                Steppers.keptCoefficients(loop.method(), loop.saveAt()),
                loop.carried().stream()
                        .filter(spec -> spec.name().equals(LoopNames.STATE)
                                || spec.name().equals(ReversedStates.Z))
                        .toList(),
                loop.carried().stream()
                        .filter(spec -> ChosenLoop.storedOfSteps(spec.name())
                                && !spec.name().equals(LoopNames.storedRows(LoopNames.STATE))
                                && !spec.name().equals(LoopNames.STORED_STAGES)
                                && !Checkpoints.owns(spec.name()))
                        .toList());
    }

    @Override
    public String count() {
        return ChosenLoop.RECORDED;
    }

    @Override
    public @Nullable Integer planned() {
        return null;
    }

    @Override
    public StepInput<T> input(Ops tf, Operand<TInt32> step, Operand<T> state, Values memory, Values inside) {
        return loop.input(tf, step, state, memory, inside);
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
        Operand<T> kept = inside.get(BackwardNames.KEPT_GRADIENT, type());
        return new StepGradients<>(
                tf,
                new MemorylessStepper<>(loop.stepper()),
                input.forDifferentiation(),
                lambda,
                memoryLambda,
                loop.denseGradients(tf, input, step, kept, coefficients, inside));
    }
}
