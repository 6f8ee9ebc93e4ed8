package dev.odeon.graph.layers;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.runtime.Gpus;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A matrix of which only the elements other than zero are stored, in any order.
 *
 * <p>Products cost time and memory in proportion to the stored elements times the columns of the other factor: worth it
 * where less than about one element in thirty is stored. On the CPU the executor runs TensorFlow's product of a sparse with a
 * dense matrix, several times as fast as a gather and a sum over segments; XLA has no kernel for it, and that of the GPU
 * adds in any order, so that both take gather and sum.
 *
 * @param places row and column of each stored element, [elements, 2]
 * @param row row of each stored element, [elements]
 * @param column its column, [elements]
 * @param value its value, [elements]
 * @param rows number of rows
 */
public record SparseRows<T extends TFloating>(
        Operand<TInt64> places, Operand<TInt64> row, Operand<TInt64> column, Operand<T> value, int rows) {

    /** From rows and columns. */
    public static <T extends TFloating> SparseRows<T> of(
            Ops tf, Operand<TInt64> row, Operand<TInt64> column, Operand<T> value, int rows) {
        return new SparseRows<>(places(tf, row, column), row, column, value, rows);
    }

    /** Rows and columns side by side: [elements, 2]. */
    public static Operand<TInt64> places(Ops tf, Operand<TInt64> row, Operand<TInt64> column) {
        Operand<TInt32> last = tf.constant(1);
        return tf.concat(List.of(tf.expandDims(row, last), tf.expandDims(column, last)), last);
    }

    /** The same positions with other values. */
    public SparseRows<T> withValue(Operand<T> other) {
        return new SparseRows<>(places, row, column, other, rows);
    }

    /**
     * Adds the product with a matrix, differentiable with respect to it and to the values.
     *
     * @param matrix [columns, width]
     * @return [rows, width]
     */
    public Operand<T> times(Ops tf, Operand<T> matrix) {
        if (Compilation.current() == Compilation.EXECUTOR && !Gpus.targeted()) {
            return tf.sparse.sparseTensorDenseMatMul(places, value, extent(tf, matrix), matrix);
        }
        Operand<T> picked = tf.gather(matrix, column, tf.constant(0));
        Operand<T> weighted = tf.math.mul(picked, tf.expandDims(value, tf.constant(1)));
        return SegmentReductions.sum(tf, weighted, row, rows);
    }

    private Operand<TInt64> extent(Ops tf, Operand<T> matrix) {
        long columns =
                matrix.shape().isUnknown() ? Shape.UNKNOWN_SIZE : matrix.shape().get(0);
        if (columns != Shape.UNKNOWN_SIZE) {
            return tf.constant(new long[] {rows, columns});
        }
        Operand<TInt64> actual =
                tf.slice(tf.shape(matrix, TInt64.class), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
        return tf.concat(List.of(tf.constant(new long[] {rows}), actual), tf.constant(0));
    }
}
