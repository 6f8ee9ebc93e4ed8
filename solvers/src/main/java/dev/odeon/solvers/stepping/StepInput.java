package dev.odeon.solvers.stepping;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What one step reads.
 *
 * @param time the start of the step: scalar, or [batch, 1, ...] where each sample has its own
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
}
