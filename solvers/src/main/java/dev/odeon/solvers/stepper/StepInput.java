package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What one step reads.
 *
 * @param time the start of the step, counted from the start of the solve: scalar, or [batch, 1, ...] where each sample has its own
 * @param size of the same shape as the time
 * @param state [batch, ...]
 * @param memory what the step before handed on
 * @param theta parameters of the field
 * @param linearData of the linear operator
 * @param prepared what {@link Stepper#prepare} made for steps of this kind
 * @param differentiated whether the step is built to be differentiated
 */
public record StepInput<T extends TFloating>(
        Operand<T> time,
        StepSize<T> size,
        Operand<T> state,
        Values memory,
        Values theta,
        Values linearData,
        Values prepared,
        boolean differentiated) {

    /** The time a fraction of the step after its start. */
    public Operand<T> timeAt(Ops tf, double fraction) {
        return fraction == 0 ? time : tf.math.add(time, size.times(tf, fraction));
    }

    /** The same, for a step that will be differentiated. */
    public StepInput<T> forDifferentiation() {
        return new StepInput<>(time, size, state, memory, theta, linearData, prepared, true);
    }

    /** The same with another memory. */
    public StepInput<T> withMemory(Values other) {
        return new StepInput<>(time, size, state, other, theta, linearData, prepared, differentiated);
    }

    /** The same with other things prepared. */
    public StepInput<T> withPrepared(Values other) {
        return new StepInput<>(time, size, state, memory, theta, linearData, other, differentiated);
    }

    /** A step from another state and without memory. */
    public StepInput<T> from(Operand<T> other) {
        return new StepInput<>(time, size, other, Values.empty(), theta, linearData, prepared, differentiated);
    }

    /** The step back over the same stretch of time. */
    public StepInput<T> reversed(Ops tf) {
        return new StepInput<>(
                timeAt(tf, 1),
                new StepSize.Opposite<>(size),
                state,
                memory,
                theta,
                linearData,
                prepared,
                differentiated);
    }
}
