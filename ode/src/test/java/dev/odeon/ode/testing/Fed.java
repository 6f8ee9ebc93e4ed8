package dev.odeon.ode.testing;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * Inputs of tests, placeholders with their values as defaults.
 *
 * <p>Not constants: TensorFlow would compute the whole graph while optimising it, which takes minutes for an unrolled one.
 */
public final class Fed {

    private Fed() {}

    public static <T extends TFloating> Operand<T> fed(Ops tf, Class<T> type, double[] values, long... dimensions) {
        Shape shape = Shape.of(dimensions);
        return tf.placeholderWithDefault(Floats.constant(tf, type, shape, values), shape);
    }

    public static Operand<TFloat64> fed(Ops tf, double[] values, long... dimensions) {
        return fed(tf, TFloat64.class, values, dimensions);
    }
}
