package dev.odeon.solvers.stepper;

import dev.odeon.graph.Floats;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** One number for each sample, [batch, 1, ...] of the state's rank, so that it broadcasts against the state. */
public final class SampleColumns {

    private SampleColumns() {}

    /** The shape of a column. */
    public static Operand<TInt32> shape(Ops tf, Operand<?> state) {
        Operand<TInt32> shape = tf.shape(state);
        Operand<TInt32> ones = tf.onesLike(tf.slice(shape, tf.constant(new int[] {1}), tf.constant(new int[] {-1})));
        return tf.concat(List.of(batch(tf, shape), ones), tf.constant(0));
    }

    /** The shape [batch] of what a state has for each sample, in a vector of one number. */
    public static Operand<TInt32> batchOf(Ops tf, Operand<?> state) {
        return batch(tf, tf.shape(state));
    }

    private static Operand<TInt32> batch(Ops tf, Operand<TInt32> shape) {
        return tf.slice(shape, tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    }

    /** All axes of a state but that of the batch. */
    public static Operand<TInt32> components(Ops tf, Operand<?> state) {
        return tf.range(tf.constant(1), tf.rank(state), tf.constant(1));
    }

    /** A column of one scalar. */
    public static <V extends TType> Operand<V> filled(Ops tf, Operand<?> state, Operand<V> scalar) {
        return tf.fill(shape(tf, state), scalar);
    }

    /** A scalar or a column as a column. */
    public static <T extends TFloating> Operand<T> of(Ops tf, Operand<?> state, Operand<T> value) {
        return tf.math.add(filled(tf, state, Floats.scalar(tf, value.type(), 0)), value);
    }

    /** One number for each sample, [batch] or any other shape of that many, as a column. */
    public static <V extends TType> Operand<V> reshaped(Ops tf, Operand<?> state, Operand<V> values) {
        return tf.reshape(values, shape(tf, state));
    }

    /** A column as [batch]. */
    public static <V extends TType> Operand<V> flat(Ops tf, Operand<V> column) {
        return tf.reshape(column, tf.constant(new int[] {-1}));
    }

    /** Whether a column holds for any sample: scalar. */
    public static Operand<TBool> any(Ops tf, Operand<TBool> column) {
        return tf.reduceAny(column, axes(tf, column));
    }

    /** Whether a column holds for all samples: scalar. */
    public static Operand<TBool> all(Ops tf, Operand<TBool> column) {
        return tf.reduceAll(column, axes(tf, column));
    }

    private static Operand<TInt32> axes(Ops tf, Operand<TBool> column) {
        return tf.range(tf.constant(0), tf.rank(column), tf.constant(1));
    }
}
