package dev.odeon.adjoint.backward;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.tolerances.Tolerance;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * How far a state that a way back found may be from the one that the solve passed, sample by sample and component by component.
 *
 * <p>The unit of a component is its own largest number of all states that the sample passed, so that a large component hides
 * nothing in a small one. One that stays near zero beside others is rounding of theirs: its unit is at least the fourth root of
 * the number type's resolution (1.2e-4 in float64, 0.019 in float32) times the largest of all.
 *
 * @param relative in these units
 * @param absolute in units of the state, beside that
 */
public record StateComparison(Tolerance relative, Tolerance absolute) {

    /** Relative alone; null, for no comparison, if it is infinite. */
    public static @Nullable StateComparison of(double relative) {
        return relative == Double.POSITIVE_INFINITY
                ? null
                : new StateComparison(Tolerance.of(relative), Tolerance.of(0));
    }

    /**
     * Adds the units: [batch, ...].
     *
     * @param largest number of each component, without sign: [batch, ...]
     */
    public static <T extends TFloating> Operand<T> size(Ops tf, Operand<T> largest) {
        Operand<T> ofAll = tf.reduceMax(largest, SampleColumns.components(tf, largest), ReduceMax.keepDims(true));
        double least = Math.sqrt(Math.sqrt(Floats.epsilon(largest.type())));
        return tf.math.maximum(largest, tf.math.mul(ofAll, Floats.scalar(tf, largest.type(), least)));
    }

    /**
     * Adds which samples are too far away, by any component: [batch].
     *
     * @param size of each component, its unit
     */
    public <T extends TFloating> Operand<TBool> strayed(Ops tf, Operand<T> found, Operand<T> passed, Operand<T> size) {
        Class<T> type = found.type();
        Operand<T> bound = tf.math.add(tf.math.mul(size, relative.in(tf, type)), absolute.in(tf, type));
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
