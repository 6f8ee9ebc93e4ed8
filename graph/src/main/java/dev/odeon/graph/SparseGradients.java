package dev.odeon.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.sparse.SparseTensorDenseMatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** The gradient of the product of a sparse with a dense matrix, which TensorFlow's graph interface lacks. */
final class SparseGradients {

    private SparseGradients() {}

    /** Registers it once per process. */
    static void register() {
        CustomGradients.register(
                "SparseTensorDenseMatMul", (tf, node, upstream) -> product(tf, node, floating(upstream.get(0))));
    }

    /** With Y = A B: dB = A^T dY, and for an entry of A in row i and column j the inner product of row i of dY and j of B. */
    private static List<@Nullable Operand<?>> product(Ops tf, GraphOperation node, Operand<TFloating> upstream) {
        boolean transposedA = node.attributes().getAttrBool("adjoint_a");
        boolean transposedB = node.attributes().getAttrBool("adjoint_b");
        Operand<TInt64> places = indices(node.input(0));
        Operand<TFloating> values = floating(node.input(1));
        Operand<TInt64> shape = indices(node.input(2));
        Operand<TFloating> b = floating(node.input(3));
        Operand<TFloating> dense = transposedB ? transposed(tf, b) : b;
        Operand<TFloating> ofDense = tf.sparse.sparseTensorDenseMatMul(
                places, values, shape, upstream, SparseTensorDenseMatMul.adjointA(!transposedA));
        Operand<TInt32> last = tf.constant(1);
        Operand<TInt64> rows = tf.gather(places, tf.constant(transposedA ? 1 : 0), last);
        Operand<TInt64> columns = tf.gather(places, tf.constant(transposedA ? 0 : 1), last);
        Operand<TInt32> first = tf.constant(0);
        Operand<TFloating> ofValues =
                tf.reduceSum(tf.math.mul(tf.gather(upstream, rows, first), tf.gather(dense, columns, first)), last);
        return Arrays.asList(null, ofValues, null, transposedB ? transposed(tf, ofDense) : ofDense);
    }

    private static Operand<TFloating> transposed(Ops tf, Operand<TFloating> matrix) {
        return tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0}));
    }

    @SuppressWarnings("unchecked") // the operation has 64-bit places and extents here
    private static Operand<TInt64> indices(Operand<?> operand) {
        return (Operand<TInt64>) operand;
    }

    @SuppressWarnings("unchecked") // fields have floating-point entries
    private static Operand<TFloating> floating(Operand<?> operand) {
        return (Operand<TFloating>) operand;
    }
}
