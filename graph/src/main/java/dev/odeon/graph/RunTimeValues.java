package dev.odeon.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Timestamp;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * Values that TensorFlow cannot compute before the first run, whatever they are made of.
 *
 * <p>TensorFlow computes operations on constants when it prepares a graph, one within the other: a chain of some thousand
 * constant operations overflows the native stack and ends the process, and its optimiser takes a time that grows with the
 * square of the length, or faster. A long chain should therefore begin with such a value, and end with one, since its
 * gradient runs the other way.
 */
public final class RunTimeValues {

    private RunTimeValues() {}

    /**
     * The same values, to the bit, as a product with a one that is known when the graph runs.
     *
     * <p>Their gradient, of any order, is such a product, too. XLA reads no clock, and compiles functions whose inputs are
     * not constant: under it these are the values themselves.
     */
    public static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> values) {
        if (Compilation.current() == Compilation.XLA) {
            return values;
        }
        Operand<TFloat64> clock = Timestamp.create(tf.scope());
        Operand<TBool> positive = tf.math.greater(clock, tf.constant(0.0));
        return tf.math.mul(values, tf.dtypes.cast(positive, values.type()));
    }
}
