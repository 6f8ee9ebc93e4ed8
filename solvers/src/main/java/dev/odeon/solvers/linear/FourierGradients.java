package dev.odeon.solvers.linear;

import dev.odeon.graph.CustomGradients;
import java.util.Arrays;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Gradients of the real Fourier transforms, to which TensorFlow's graph interface gives none.
 *
 * <p>Each is the other transform times d and weights: a real row of d points has only half of its spectrum, whose entries
 * count twice, but for the first and, where d is even, the last.
 */
final class FourierGradients {

    private FourierGradients() {}

    /** Registers them once per process. */
    static void register() {
        CustomGradients.register(
                "RFFT",
                (tf, node, upstream) -> Arrays.asList(
                        RealFourier.inverse(
                                tf, weighted(tf, node, upstream.get(0), Count.ONCE), node.input(1), real(node)),
                        null));
        CustomGradients.register("IRFFT", (tf, node, upstream) -> {
            Output<?> spectrum = RealFourier.transform(tf, upstream.get(0), node.input(1), real(node));
            return Arrays.asList(weighted(tf, node, spectrum, Count.TWICE), null);
        });
    }

    private enum Count {
        /** d, or half of it for entries that stand for two. */
        ONCE,
        /** 1 / d, or twice that for entries that stand for two. */
        TWICE
    }

    private static DataType real(GraphOperation node) {
        return node.attributes().getAttrType("Treal");
    }

    private static Output<?> weighted(Ops tf, GraphOperation node, Output<?> spectrum, Count count) {
        @SuppressWarnings("unchecked") // the length of a transform is a vector of one integer
        Operand<TInt32> length = (Operand<TInt32>) (Operand<?>) node.input(1);
        Operand<TInt32> d = tf.reshape(length, tf.constant(new int[0]));
        Operand<TInt32> one = tf.constant(1);
        Operand<TInt32> half = tf.math.add(tf.math.div(d, tf.constant(2)), one);
        Operand<TInt32> k = tf.range(tf.constant(0), half, one);
        Operand<TInt32> twice = tf.math.mod(tf.math.mul(k, tf.constant(2)), d);
        Operand<TInt32> stands = tf.select(tf.math.equal(twice, tf.constant(0)), one, tf.constant(2));
        boolean wide = real(node) == DataType.DT_DOUBLE;
        Operand<? extends TNumber> weights = wide
                ? weights(
                        tf,
                        tf.dtypes.cast(stands, org.tensorflow.types.TFloat64.class),
                        tf.dtypes.cast(d, org.tensorflow.types.TFloat64.class),
                        count)
                : weights(
                        tf,
                        tf.dtypes.cast(stands, org.tensorflow.types.TFloat32.class),
                        tf.dtypes.cast(d, org.tensorflow.types.TFloat32.class),
                        count);
        return RealFourier.times(tf, spectrum, weights.asOutput(), real(node));
    }

    private static <T extends TNumber> Operand<T> weights(Ops tf, Operand<T> stands, Operand<T> d, Count count) {
        return count == Count.ONCE ? tf.math.div(d, stands) : tf.math.div(stands, d);
    }
}
