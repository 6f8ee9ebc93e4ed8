package dev.odeon.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
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
     * <p>Their gradient, of any order, is such a product, too. XLA compiles functions whose inputs are
     * not constant: under it these are the values themselves.
     */
    public static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> values) {
        if (Compilation.current() == Compilation.XLA) {
            return values;
        }
        // Never negative, but drawn at every run. The two seeds are its own, so that it moves no other random numbers.
        Operand<TFloat32> drawn = tf.random.randomUniform(
                tf.constant(new int[0]), TFloat32.class, RandomUniform.seed(1L), RandomUniform.seed2(1L));
        Operand<TBool> always = tf.math.greaterEqual(drawn, tf.constant(0f));
        return tf.math.mul(values, tf.dtypes.cast(always, values.type()));
    }
}
