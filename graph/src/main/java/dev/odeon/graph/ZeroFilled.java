package dev.odeon.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Diagonals and padding by zeros, in TensorFlow's first versions of these operations.
 *
 * <p>The later versions, which {@code Ops} offers, read the number that fills from the memory of the host: a GPU copies it
 * there each time, and waits.
 */
public final class ZeroFilled {

    private ZeroFilled() {}

    /**
     * Adds the main diagonals.
     *
     * @param matrices [..., n, n]
     * @return [..., n]
     */
    public static <T extends TFloating> Operand<T> diagonals(Ops tf, Operand<T> matrices) {
        return typed(GraphOperations.of(tf, "MatrixDiagPart", matrices));
    }

    /**
     * Adds the matrices with these main diagonals.
     *
     * @param diagonals [..., n]
     * @return [..., n, n]
     */
    public static <T extends TFloating> Operand<T> matrices(Ops tf, Operand<T> diagonals) {
        return typed(GraphOperations.of(tf, "MatrixDiag", diagonals));
    }

    /**
     * Adds zeros around a tensor.
     *
     * @param widths before and behind, for each axis
     */
    public static <T extends TFloating> Operand<T> padded(Ops tf, Operand<T> x, int[][] widths) {
        return typed(GraphOperations.of(tf, "Pad", x, tf.constant(widths)));
    }

    @SuppressWarnings("unchecked") // all three keep the type of their first input
    private static <T extends TFloating> Operand<T> typed(Operand<TFloating> result) {
        return (Operand<T>) (Operand<?>) result;
    }
}
