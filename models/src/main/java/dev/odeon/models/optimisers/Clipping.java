package dev.odeon.models.optimisers;

import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * Limits gradients before an optimiser uses them.
 *
 * <p>Source: Pascanu, Mikolov, Bengio, On the difficulty of training recurrent neural networks, 2013.
 */
public final class Clipping {

    /** Keeps the division finite; the value that PyTorch adds. */
    private static final double GUARD = 1e-6;

    private Clipping() {}

    /** The Euclidean norm of all gradients taken as one vector; zero where there are none. */
    public static Operand<TFloat64> globalNorm(Ops tf, Values gradients) {
        List<Operand<TFloat64>> squares = new ArrayList<>();
        squares.add(tf.constant(0.0));
        for (Operand<?> gradient : gradients.operands()) {
            Operand<TFloat64> wide = tf.dtypes.cast(gradient, TFloat64.class);
            Operand<TFloat64> flat = tf.reshape(wide, tf.constant(new int[] {-1}));
            squares.add(tf.reduceSum(tf.math.square(flat), tf.constant(0)));
        }
        return tf.math.sqrt(tf.math.addN(squares));
    }

    /**
     * The gradients times min(1, maxNorm / (norm + 1e-6)), all by the same factor.
     *
     * @param maxNorm positive
     * @return under the same names; not a number where the norm is not, so that divergence shows
     */
    public static Values clip(Ops tf, Values gradients, double maxNorm) {
        if (!(maxNorm > 0) || Double.isInfinite(maxNorm)) {
            throw new IllegalArgumentException(
                    "The largest norm is " + maxNorm + ": give a positive number, or leave the clipping out");
        }
        Operand<TFloat64> guarded = tf.math.add(globalNorm(tf, gradients), tf.constant(GUARD));
        Operand<TFloat64> factor = tf.math.minimum(tf.constant(1.0), tf.math.div(tf.constant(maxNorm), guarded));
        Values clipped = Values.empty();
        for (String name : gradients.names()) {
            clipped = clipped.with(name, scaled(tf, gradients.get(name), factor));
        }
        return clipped;
    }

    @SuppressWarnings("unchecked") // gradients are floating point
    private static Operand<?> scaled(Ops tf, Operand<?> gradient, Operand<TFloat64> factor) {
        Operand<TFloating> floating = (Operand<TFloating>) gradient;
        return tf.math.mul(floating, tf.dtypes.cast(factor, floating.type()));
    }
}
