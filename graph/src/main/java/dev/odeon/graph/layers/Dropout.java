package dev.odeon.graph.layers;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Sets elements to zero at random and divides the others by the share that is kept, so that the mean stays.
 *
 * <p>The mask is a function of the seed: one seed gives one mask, whatever ran before and for both element types; XLA
 * draws another one than the executor. For training only; leave the layer out in an evaluation. Source: Srivastava and
 * others, Dropout: A Simple Way to Prevent Neural Networks from Overfitting, 2014.
 *
 * @param rate share of elements set to zero, in [0, 1)
 */
public record Dropout(double rate) {

    /** Streams of one seed are this far apart in its second number. */
    private static final long STREAM = 1L << 48;
    /** TensorFlow's number of the counter-based generator. */
    private static final int PHILOX = 1;

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "The dropout rate is " + rate + ": give the share to drop, at least 0 and less than 1");
        }
    }

    /**
     * Adds the layer.
     *
     * @param seed [2], another one for each iteration
     * @param stream tells apart the dropouts of one model that read the same seed
     * @return the shape of {@code x}
     */
    public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x, Operand<TInt64> seed, int stream) {
        if (rate == 0) {
            return x;
        }
        Operand<TInt64> own = tf.math.add(seed, tf.constant(new long[] {0, stream * STREAM}));
        Operand<TInt32> shape = tf.shape(x);
        // With key and counter, because XLA does not take seeds of 64 bits.
        StatelessRandomGetKeyCounter key = tf.random.statelessRandomGetKeyCounter(own);
        Operand<TFloat32> uniform = tf.random.statelessRandomUniformV2(
                shape, key.key(), key.counter(), tf.constant(PHILOX), TFloat32.class);
        Operand<T> kept = tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant((float) rate)), x.type());
        return tf.math.mul(x, tf.math.mul(kept, Floats.scalar(tf, x.type(), 1 / (1 - rate))));
    }
}
