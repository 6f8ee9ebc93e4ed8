package dev.odeon.solvers.linear;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.Floats;
import dev.odeon.graph.ZeroFilled;
import dev.odeon.solvers.linear.setup.GaussJordan;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Matrices and stacks of matrices in the graph. */
final class Matrices {

    private Matrices() {}

    static <T extends TFloating> Operand<T> constant(Ops tf, Class<T> type, double[][] matrix) {
        int columns = matrix[0].length;
        double[] flat = new double[matrix.length * columns];
        for (int i = 0; i < matrix.length; i++) {
            System.arraycopy(matrix[i], 0, flat, i * columns, columns);
        }
        return Floats.constant(tf, type, Shape.of(matrix.length, columns), flat);
    }

    static <T extends TFloating> Operand<T> transposed(Ops tf, Operand<T> matrix) {
        return tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0}));
    }

    /** M x for every row x. */
    static <T extends TFloating> Operand<T> times(Ops tf, Operand<T> matrix, Operand<T> rows) {
        return tf.linalg.matMul(rows, matrix, MatMul.transposeB(true));
    }

    /** M^T x for every row x. */
    static <T extends TFloating> Operand<T> transposedTimes(Ops tf, Operand<T> matrix, Operand<T> rows) {
        return tf.linalg.matMul(rows, matrix);
    }

    /**
     * The sizes of the rows of I - alpha J as a column [d, 1]: the sums of the magnitudes of their terms, of the ones on the
     * diagonal and of alpha J, so that a row that has cancelled is not as small as what is left of it.
     */
    static <T extends TFloating> Operand<T> rowSizes(Ops tf, Operand<T> matrix) {
        Operand<T> diagonal = ZeroFilled.diagonals(tf, matrix);
        Operand<T> one = tf.onesLike(diagonal);
        Operand<T> terms = tf.math.add(one, tf.math.abs(tf.math.sub(one, diagonal)));
        Operand<T> all = tf.linalg.matrixSetDiag(tf.math.abs(matrix), terms, tf.constant(0));
        // Cut off behind the last operation, so that no gradient of any of them is asked for.
        return tf.stopGradient(tf.reduceSum(all, tf.constant(1), ReduceSum.keepDims(true)));
    }

    /** The greatest sum of magnitudes in a row of a matrix [d, d]; NaN if an entry is not finite. */
    static <T extends TFloating> Operand<T> norm(Ops tf, Operand<T> matrix) {
        return largest(tf, tf.reduceSum(tf.math.abs(matrix), tf.constant(1), ReduceSum.keepDims(true)));
    }

    /** The greatest magnitude in a matrix; NaN if an entry is not finite, which a maximum alone may overlook. */
    static <T extends TFloating> Operand<T> largest(Ops tf, Operand<T> matrix) {
        Class<T> type = matrix.type();
        Operand<TInt32> axes = tf.constant(new int[] {0, 1});
        Operand<T> magnitudes = tf.math.abs(matrix);
        return tf.select(
                tf.math.isFinite(tf.reduceSum(magnitudes, axes, new ReduceSum.Options[0])),
                tf.reduceMax(magnitudes, axes, new ReduceMax.Options[0]),
                Floats.scalar(tf, type, Double.NaN));
    }

    /**
     * The inverse of [d, d], differentiable; not finite, or very large, where the matrix is singular.
     *
     * <p>By an orthogonal factorization on the CPU: TensorFlow's own inverse and LU end the run when a pivot is zero, and its
     * LU has no XLA kernel there. By elimination on a GPU, where QR has no kernel.
     */
    static <T extends TFloating> Operand<T> inverse(Ops tf, Operand<T> matrix) {
        return differentiable(tf, plainInverse(tf, matrix, new int[] {1, 0}), matrix);
    }

    /** The inverses of [n, b, b], differentiable; not finite, or very large, where one is singular. */
    static <T extends TFloating> Operand<T> inverses(Ops tf, Operand<T> blocks) {
        return differentiable(tf, plainInverse(tf, blocks, new int[] {0, 2, 1}), blocks);
    }

    /** The inverse Y of A with the gradient - Y^T dY Y^T, which can be differentiated again. */
    @SuppressWarnings("unchecked") // what is marked keeps its type
    private static <T extends TFloating> Operand<T> differentiable(Ops tf, Operand<T> inverse, Operand<T> matrix) {
        String key = CustomGradients.define(tf, (inner, node, upstream) -> {
            Operand<T> y = (Operand<T>) (Operand<?>) node.output(0);
            Operand<T> left = turnedProduct(inner, y, true, (Operand<T>) upstream.get(0), false);
            return Arrays.asList(null, inner.math.neg(turnedProduct(inner, left, false, y, true)));
        });
        List<Operand<?>> values = List.of(tf.stopGradient(inverse), matrix);
        return (Operand<T>) CustomGradients.marked(tf, values, key).get(0);
    }

    private static <T extends TFloating> Operand<T> turnedProduct(
            Ops tf, Operand<T> a, boolean transposeA, Operand<T> b, boolean transposeB) {
        return tf.train.batchMatMul(a, b, a.type(), BatchMatMul.adjX(transposeA), BatchMatMul.adjY(transposeB));
    }

    /** Products of [n, b, b] with [n, b, b], block by block. */
    static <T extends TFloating> Operand<T> products(Ops tf, Operand<T> left, Operand<T> right) {
        return tf.linalg.einsum(List.of(left, right), "nij,njk->nik");
    }

    /** Columns of matrices [..., n, n], or {@link Shape#UNKNOWN_SIZE}. */
    static long width(Operand<?> matrices) {
        Shape shape = matrices.shape();
        return shape.isUnknown() ? Shape.UNKNOWN_SIZE : shape.get(shape.numDimensions() - 1);
    }

    private static <T extends TFloating> Operand<T> plainInverse(Ops tf, Operand<T> matrix, int[] transposition) {
        long n = width(matrix);
        if (GaussJordan.suits(n)) {
            int known = Math.toIntExact(n);
            return transposition.length == 2
                    ? GaussJordan.inverse(tf, matrix, known)
                    : GaussJordan.of(tf, matrix, known).inverse();
        }
        Qr<T> qr = tf.linalg.qr(tf.stopGradient(matrix));
        return tf.linalg.triangularSolve(
                qr.r(), tf.linalg.transpose(qr.q(), tf.constant(transposition)), TriangularSolve.lower(false));
    }
}
