package dev.odeon.graph.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TIntegral;

/**
 * A constant matrix of which only the elements other than zero are stored, in any order.
 *
 * <p>Products cost time and memory in proportion to the stored elements times the columns of the other factor: worth it
 * where less than about one element in thirty is stored.
 *
 * @param row row of each stored element, [elements]
 * @param column its column, [elements]
 * @param value its value, [elements]
 * @param rows number of rows
 */
public record SparseRows<T extends TFloating>(
        Operand<? extends TIntegral> row, Operand<? extends TIntegral> column, Operand<T> value, int rows) {

    /** The same positions with other values. */
    public SparseRows<T> withValue(Operand<T> other) {
        return new SparseRows<>(row, column, other, rows);
    }

    /**
     * Adds the product with a matrix, differentiable with respect to it.
     *
     * @param matrix [columns, width]
     * @return [rows, width]
     */
    public Operand<T> times(Ops tf, Operand<T> matrix) {
        Operand<T> picked = tf.gather(matrix, column, tf.constant(0));
        Operand<T> weighted = tf.math.mul(picked, tf.expandDims(value, tf.constant(1)));
        return SegmentReductions.sum(tf, weighted, row, rows);
    }
}
