package dev.odeon.adjoint.backward;

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
import dev.odeon.solvers.stepper.MemorylessStepper;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The accepted steps of a solve that chose them, their sizes taken as constants.
 *
 * <p>Rejected steps leave no trace. Factors are those the forward loop cached.
 *
 * @param coefficients of the dense output of which something is kept; zero if nothing is
 */
record ChosenTakenSteps<T extends TFloating>(
        Problem<T> problem,
        Method method,
        ChosenLoop<T> loop,
        Stepper<T> stepper,
        int coefficients,
        List<TensorSpec> carried,
        List<TensorSpec> recorded,
        List<TensorSpec> kept,
        SaveAt.Kept intermediate)
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
                        .toList(),
                Stream.concat(Stream.of(LoopNames.KEPT), loop.steps().rowTables().stream())
                        .map(loop::carried)
                        .toList(),
                loop.saveAt().intermediate());
    }

    @Override
    public Operand<TInt32> count(Ops tf, Values inside) {
        return inside.get(ChosenLoop.RECORDED, TInt32.class);
    }

    @Override
    public Values marked(Ops tf, Values initial, Values results, Values invariants) {
        return FailedSamples.marked(tf, this, initial, results, invariants);
    }

    @Override
    public StepInput<T> input(Ops tf, Operand<TInt32> step, Operand<T> state, Values memory, Values inside) {
        return loop.input(tf, step, state, memory, inside);
    }

    @Override
    public Operand<T> atEnd(Ops tf, Operand<TInt32> step, Operand<T> lambda, Values inside) {
        return intermediate == SaveAt.Kept.STEPS
                ? tf.math.add(lambda, ofRows(tf, step, inside).get(0))
                : lambda;
    }

    /** The gradients with respect to what a step left in the rows of the user. */
    private List<Operand<T>> ofRows(Ops tf, Operand<TInt32> step, Values inside) {
        return loop.rowTables().stream()
                .map(name -> loop.ofRow(tf, inside.get(BackwardNames.gradientOf(name), type()), step, inside))
                .toList();
    }

    @Override
    public StepAdjoint<T> adjoint(
            Ops tf, Operand<TInt32> step, StepInput<T> input, Operand<T> lambda, Values memoryLambda, Values inside) {
        if (coefficients == 0) {
            return StepAdjoint.of(tf, problem, method, stepper, input, lambda, memoryLambda);
        }
        List<Operand<T>> ofDense = intermediate == SaveAt.Kept.DENSE
                ? ofRows(tf, step, inside)
                : loop.denseGradients(
                        tf, input, step, inside.get(BackwardNames.KEPT_GRADIENT, type()), coefficients, inside);
        return new StepGradients<>(
                tf,
                new MemorylessStepper<>(loop.stepper()),
                input.forDifferentiation(),
                lambda,
                memoryLambda,
                ofDense,
                ChosenLoop.trainedTimes(inside));
    }
}
