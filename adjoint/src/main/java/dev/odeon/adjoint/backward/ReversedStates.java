package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.ReversibleStepAdjoint;
import dev.odeon.adjoint.step.ReversibleStepper;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** No state was stored but the last: each round finds the one before by taking the step of a {@link ReversibleStepper} back. */
public final class ReversedStates<T extends TFloating> implements StateSource {

    /** The name under which the forward loop carries the second state. */
    static final String Z = LoopNames.MEMORY + ReversibleStepper.Z;

    private final TakenSteps<T> steps;
    private final ReversibleStepper<T> stepper;
    private final @Nullable StateComparison comparison;

    /**
     * Of the steps of a stepper.
     *
     * @param comparison of the first state with what is found; null for none, else a {@code LargestStates} watches the stepper
     */
    public ReversedStates(TakenSteps<T> steps, ReversibleStepper<T> stepper, @Nullable StateComparison comparison) {
        this.steps = steps;
        this.stepper = stepper;
        this.comparison = comparison;
    }

    @Override
    public @Nullable StateComparison comparison() {
        return comparison;
    }

    @Override
    public List<TensorSpec> carried() {
        return steps.carried();
    }

    @Override
    public Values round(Ops tf, Values carried, Values inside) {
        Class<T> type = steps.type();
        Operand<TInt32> step = Backward.step(tf, steps, carried, inside);
        Operand<T> y = tf.stopGradient(carried.get(LoopNames.STATE, type));
        Operand<T> z = tf.stopGradient(carried.get(Z, type));
        ReversibleStepAdjoint<T> adjoint = new ReversibleStepAdjoint<>(
                tf,
                stepper,
                steps.input(tf, step, y, Values.of(ReversibleStepper.Z, z), inside),
                steps.atEnd(tf, step, carried.get(BackwardNames.LAMBDA, type), inside),
                carried.get(BackwardNames.lambdaOf(Z), type));
        return Backward.after(tf, steps, step, carried, adjoint, inside)
                .with(BackwardNames.ROUND, Backward.nextRound(tf, carried))
                .with(LoopNames.STATE, adjoint.y())
                .with(Z, adjoint.z());
    }
}
