package dev.odeon.graph.layers;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TIntegral;

/** How scores become positive weights that sum to one over the rows that share a number. */
public enum SegmentNormalisation {
    /** exp(x), divided by the sum; the largest score of each number is subtracted first, which changes nothing. */
    SOFTMAX {
        @Override
        <T extends TFloating> Operand<T> positive(
                Ops tf, Operand<T> scores, Operand<? extends TIntegral> numbers, int count) {
            Operand<T> largest = SegmentReductions.largest(tf, scores, numbers, count);
            return tf.math.exp(tf.math.sub(scores, tf.gather(largest, numbers, tf.constant(0))));
        }
    },
    /**
     * (x + sqrt(x^2 + 4)) / 2 of the difference x to the largest of all scores, divided by the sum.
     *
     * <p>The weights fall like 1 / |x| instead of exponentially: no row wins all. Subtracting the largest score of all
     * rows matters here. Source: Barron, Squareplus: A Softplus-Like Algebraic Rectifier, 2021; as used by the code of
     * Chamberlain and others, GRAND: Graph Neural Diffusion, 2021.
     */
    SQUAREPLUS {
        @Override
        <T extends TFloating> Operand<T> positive(
                Ops tf, Operand<T> scores, Operand<? extends TIntegral> numbers, int count) {
            Operand<TInt32> axes = tf.range(tf.constant(0), tf.rank(scores), tf.constant(1));
            Operand<T> x = tf.math.sub(scores, tf.reduceMax(scores, axes));
            Operand<T> root = tf.math.sqrt(tf.math.add(tf.math.square(x), Floats.scalar(tf, x.type(), 4)));
            // x is not positive, so this form of the same function subtracts nothing from anything close to it.
            return tf.math.div(Floats.scalar(tf, x.type(), 2), tf.math.sub(root, x));
        }
    };

    /**
     * Adds the weights.
     *
     * @param scores [rows, ...], each trailing position by itself
     * @param numbers [rows], from 0 to {@code count - 1}
     * @return the shape of {@code scores}
     */
    public <T extends TFloating> Operand<T> apply(
            Ops tf, Operand<T> scores, Operand<? extends TIntegral> numbers, int count) {
        return SegmentReductions.shares(tf, positive(tf, scores, numbers, count), numbers, count);
    }

    abstract <T extends TFloating> Operand<T> positive(
            Ops tf, Operand<T> scores, Operand<? extends TIntegral> numbers, int count);
}
