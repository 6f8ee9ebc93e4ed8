package dev.odeon.adjoint.backward;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.stepper.SampleColumns;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * How far a state that a way back found may be from the one that the solve passed, sample by sample.
 *
 * @param relative in units of the largest number of the sample's known states; infinite for no comparison
 * @param absolute in units of the state, beside that
 */
public record StateComparison(double relative, double absolute) {

    /** Relative alone. */
    public static StateComparison of(double relative) {
        return new StateComparison(relative, 0);
    }

    /** Whether anything is compared. */
    public boolean applies() {
        return relative < Double.POSITIVE_INFINITY;
    }

    /**
     * Adds the size of each sample: the largest number of these states, [batch, 1, ...].
     *
     * @param states [batch, ...] each
     */
    public static <T extends TFloating> Operand<T> size(Ops tf, List<Operand<T>> states) {
        Operand<T> largest = states.stream()
                .map(state -> (Operand<T>) tf.math.abs(state))
                .reduce(tf.math::maximum)
                .orElseThrow();
        return tf.reduceMax(largest, SampleColumns.components(tf, largest), ReduceMax.keepDims(true));
    }

    /**
     * Adds which samples are too far away: [batch].
     *
     * @param size of each sample
     */
    public <T extends TFloating> Operand<TBool> strayed(Ops tf, Operand<T> found, Operand<T> passed, Operand<T> size) {
        Class<T> type = found.type();
        Operand<T> bound =
                tf.math.add(tf.math.mul(size, Floats.scalar(tf, type, relative)), Floats.scalar(tf, type, absolute));
        Operand<TBool> near = tf.math.lessEqual(tf.math.abs(tf.math.sub(found, passed)), bound);
        // What is no number is not near.
        return ofSamples(tf, tf.math.logicalNot(near));
    }

    /** Whether it is so for any component of a sample: [batch]. */
    public static Operand<TBool> ofSamples(Ops tf, Operand<TBool> each) {
        Operand<TBool> any = tf.reduceAny(each, SampleColumns.components(tf, each), new ReduceAny.Options[0]);
        return tf.reshape(any, tf.constant(new int[] {-1}));
    }
}
