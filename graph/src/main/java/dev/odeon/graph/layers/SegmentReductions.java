package dev.odeon.graph.layers;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TIntegral;

/**
 * Reductions over the rows that share a number, such as the edges of one node.
 *
 * <p>The numbers need no order. A number that no row has gets an empty sum.
 */
public final class SegmentReductions {

    /** Less than any sum of positive numbers that matters; its reciprocal is finite in float32. */
    private static final double TINY = 1e-30;

    private SegmentReductions() {}

    /**
     * Adds the sums of the rows of each number.
     *
     * @param rows [rows, ...]
     * @param numbers [rows], from 0 to {@code count - 1}
     * @return [count, ...]
     */
    public static <T extends TFloating> Operand<T> sum(
            Ops tf, Operand<T> rows, Operand<? extends TIntegral> numbers, int count) {
        return tf.math.unsortedSegmentSum(rows, numbers, tf.constant(count));
    }

    /**
     * Adds the rows divided by the sums of their numbers; rows of one number then sum to one.
     *
     * @param rows [rows, ...], positive
     * @param numbers [rows], from 0 to {@code count - 1}
     * @return the shape of {@code rows}
     */
    public static <T extends TFloating> Operand<T> shares(
            Ops tf, Operand<T> rows, Operand<? extends TIntegral> numbers, int count) {
        // Divided before they are gathered: there are fewer numbers than rows.
        Operand<T> sums = sum(tf, rows, numbers, count);
        Operand<T> tiny = Floats.scalar(tf, rows.type(), TINY);
        Operand<T> reciprocals = tf.math.reciprocal(tf.math.maximum(sums, tiny));
        return tf.math.mul(rows, tf.gather(reciprocals, numbers, tf.constant(0)));
    }

    /**
     * Adds the largest row of each number, elementwise, as a constant for differentiation.
     *
     * @return [count, ...]
     */
    static <T extends TFloating> Operand<T> largest(
            Ops tf, Operand<T> rows, Operand<? extends TIntegral> numbers, int count) {
        return tf.math.unsortedSegmentMax(tf.stopGradient(rows), numbers, tf.constant(count));
    }
}
