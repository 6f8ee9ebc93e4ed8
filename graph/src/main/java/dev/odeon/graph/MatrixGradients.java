package dev.odeon.graph;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.linalg.Inv;
import org.tensorflow.op.linalg.Solve;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.op.linalg.TridiagonalSolve;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Gradients of matrix operations that TensorFlow's graph interface lacks.
 *
 * <p>Matrices may have leading axes, but for {@code Lu}; {@code Qr} is that of square ones. Source of the formulas: Giles, Collected Matrix Derivative Results
 * for Forward and Reverse Mode Algorithmic Differentiation, 2008.
 */
final class MatrixGradients {

    private MatrixGradients() {}

    /** Registers them once per process. */
    static void register() {
        CustomGradients.register("MatrixInverse", (tf, node, upstream) -> {
            // With Y the inverse of A: dA = -Y^T dY Y^T; where Y is its transpose, the transpose of that.
            Operand<TFloating> y = floating(node.output(0));
            Operand<TFloating> gradient =
                    tf.math.neg(product(tf, product(tf, y, true, floating(upstream.get(0)), false), false, y, true));
            return List.of(node.attributes().getAttrBool("adjoint") ? swapped(tf, gradient) : gradient);
        });
        CustomGradients.register(
                "MatrixDeterminant",
                (tf, node, upstream) -> List.of(
                        ofDeterminant(tf, node, tf.math.mul(floating(upstream.get(0)), floating(node.output(0))))));
        // Of the sign, which does not change, and the logarithm of the absolute value.
        CustomGradients.register(
                "LogMatrixDeterminant",
                (tf, node, upstream) -> List.of(ofDeterminant(tf, node, floating(upstream.get(1)))));
        CustomGradients.register(
                "MatrixSolve",
                (tf, node, upstream) -> solve(tf, node, floating(node.output(0)), floating(upstream.get(0))));
        CustomGradients.register(
                "MatrixTriangularSolve",
                (tf, node, upstream) -> triangular(tf, node, floating(node.output(0)), floating(upstream.get(0))));
        CustomGradients.register(
                "TridiagonalSolve",
                (tf, node, upstream) -> tridiagonal(tf, node, floating(node.output(0)), floating(upstream.get(0))));
        CustomGradients.register(
                "Cholesky",
                (tf, node, upstream) ->
                        List.of(tf.linalg.choleskyGrad(floating(node.output(0)), floating(upstream.get(0)))));
        CustomGradients.register("Lu", (tf, node, upstream) -> List.of(lu(tf, node, floating(upstream.get(0)))));
        CustomGradients.register(
                "Qr",
                (tf, node, upstream) -> List.of(qr(
                        tf,
                        floating(node.output(0)),
                        floating(node.output(1)),
                        floating(upstream.get(0)),
                        floating(upstream.get(1)))));
    }

    /** A factor of each matrix times A^-T. */
    private static Operand<TFloating> ofDeterminant(Ops tf, GraphOperation node, Operand<TFloating> factor) {
        Operand<TInt32> last = tf.constant(-1);
        Operand<TFloating> inverse = tf.linalg.inv(floating(node.input(0)), Inv.adjoint(true));
        return tf.math.mul(tf.expandDims(tf.expandDims(factor, last), last), inverse);
    }

    /** With X = A^-1 B: dB = A^-T dX, dA = -dB X^T. */
    private static List<Operand<?>> solve(
            Ops tf, GraphOperation node, Operand<TFloating> x, Operand<TFloating> upstream) {
        boolean adjoint = node.attributes().getAttrBool("adjoint");
        Operand<TFloating> right = tf.linalg.solve(floating(node.input(0)), upstream, Solve.adjoint(!adjoint));
        return List.of(tf.math.neg(ofSystem(tf, x, right, adjoint)), right);
    }

    /** The same within the triangle that is read. */
    private static List<Operand<?>> triangular(
            Ops tf, GraphOperation node, Operand<TFloating> x, Operand<TFloating> upstream) {
        boolean lower = node.attributes().getAttrBool("lower");
        boolean adjoint = node.attributes().getAttrBool("adjoint");
        Operand<TFloating> right = tf.linalg.triangularSolve(
                floating(node.input(0)), upstream, TriangularSolve.lower(lower), TriangularSolve.adjoint(!adjoint));
        Operand<TFloating> full = ofSystem(tf, x, right, adjoint);
        return List.of(tf.math.neg(lower ? lower(tf, full) : upper(tf, full)), right);
    }

    private static Operand<TFloating> ofSystem(
            Ops tf, Operand<TFloating> x, Operand<TFloating> right, boolean adjoint) {
        return adjoint ? product(tf, x, false, right, true) : product(tf, right, false, x, true);
    }

    /** The same within three diagonals: above, on and below the main one, the last and the first entry of the others unused. */
    private static List<Operand<?>> tridiagonal(
            Ops tf, GraphOperation node, Operand<TFloating> x, Operand<TFloating> upstream) {
        List<Operand<TFloating>> rows = List.copyOf(
                tf.unstack(floating(node.input(0)), 3L, Unstack.axis(-2L)).output());
        Operand<TFloating> transposed = tf.stack(
                List.of(rolled(tf, rows.get(2), -1, -1), rows.get(1), rolled(tf, rows.get(0), 1, -1)), Stack.axis(-2L));
        boolean pivoting = node.attributes().getAttrBool("partial_pivoting");
        Operand<TFloating> right =
                tf.linalg.tridiagonalSolve(transposed, upstream, TridiagonalSolve.partialPivoting(pivoting));
        Operand<TInt32> shape = tf.shape(rows.get(1));
        Operand<TInt32> size = tf.gather(shape, tf.math.sub(tf.size(shape), tf.constant(1)), tf.constant(0));
        Operand<TFloating> one = tf.dtypes.cast(tf.constant(1), x.type());
        Operand<TFloating> first = tf.oneHot(tf.constant(0), size, one, tf.zerosLike(one));
        Operand<TFloating> notFirst = tf.math.sub(tf.onesLike(first), first);
        Operand<TFloating> above = tf.math.mul(rolled(tf, notFirst, -1, -1), inner(tf, right, rolled(tf, x, -1, -2)));
        Operand<TFloating> below = tf.math.mul(notFirst, inner(tf, right, rolled(tf, x, 1, -2)));
        Operand<TFloating> diagonals = tf.stack(List.of(above, inner(tf, right, x), below), Stack.axis(-2L));
        return List.of(tf.math.neg(diagonals), right);
    }

    private static Operand<TFloating> rolled(Ops tf, Operand<TFloating> x, int by, int axis) {
        return tf.roll(x, tf.constant(by), tf.constant(axis));
    }

    private static Operand<TFloating> inner(Ops tf, Operand<TFloating> a, Operand<TFloating> b) {
        return tf.reduceSum(tf.math.mul(a, b), tf.constant(-1));
    }

    /** With A permuted = L U: of L^-T (strictly lower part of L^T dL + upper part of dU U^T) U^-T, the permutation undone. */
    private static Operand<TFloating> lu(Ops tf, GraphOperation node, Operand<TFloating> upstream) {
        Operand<TFloating> packed = floating(node.output(0));
        Operand<TFloating> unit = tf.linalg.tensorDiag(tf.onesLike(tf.linalg.tensorDiagPart(packed)));
        Operand<TFloating> l = tf.math.add(strictlyLower(tf, packed), unit);
        Operand<TFloating> u = upper(tf, packed);
        Operand<TFloating> middle = tf.math.add(
                strictlyLower(tf, product(tf, l, true, strictlyLower(tf, upstream), false)),
                upper(tf, product(tf, upper(tf, upstream), false, u, true)));
        Operand<TFloating> left =
                tf.linalg.triangularSolve(l, middle, TriangularSolve.lower(true), TriangularSolve.adjoint(true));
        // X U^-T is the transpose of U^-1 X^T.
        Operand<TFloating> right = tf.linalg.triangularSolve(
                u, swapped(tf, left), TriangularSolve.lower(false), TriangularSolve.adjoint(false));
        Operand<TInt32> order = permutation(node);
        return tf.gather(swapped(tf, right), tf.math.invertPermutation(order), tf.constant(0));
    }

    /** Of square matrices: with M = R dR^T - dQ^T Q made symmetric from its lower part, (dQ + Q M) R^-T. */
    private static Operand<TFloating> qr(
            Ops tf, Operand<TFloating> q, Operand<TFloating> r, Operand<TFloating> ofQ, Operand<TFloating> ofR) {
        Operand<TFloating> m = tf.math.sub(product(tf, r, false, ofR, true), product(tf, ofQ, true, q, false));
        Operand<TFloating> symmetric = tf.math.add(lower(tf, m), swapped(tf, strictlyLower(tf, m)));
        Operand<TFloating> left = tf.math.add(ofQ, product(tf, q, false, symmetric, false));
        return swapped(tf, tf.linalg.triangularSolve(r, swapped(tf, left), TriangularSolve.lower(false)));
    }

    /** Transposed without a look at the number of axes. */
    private static Operand<TFloating> swapped(Ops tf, Operand<TFloating> x) {
        Operand<TInt32> rank = tf.rank(x);
        Operand<TInt32> one = tf.constant(1);
        Operand<TInt32> two = tf.constant(2);
        Operand<TInt32> leading = tf.range(tf.constant(0), tf.math.sub(rank, two), one);
        Operand<TInt32> last = tf.stack(List.of(tf.math.sub(rank, one), tf.math.sub(rank, two)));
        return tf.linalg.transpose(x, tf.concat(List.of(leading, last), tf.constant(0)));
    }

    @SuppressWarnings("unchecked") // unless asked for otherwise the permutation has this type
    private static Operand<TInt32> permutation(GraphOperation node) {
        return (Operand<TInt32>) (Operand<?>) node.output(1);
    }

    private static Operand<TFloating> strictlyLower(Ops tf, Operand<TFloating> x) {
        return tf.math.sub(lower(tf, x), tf.linalg.bandPart(x, tf.constant(0), tf.constant(0)));
    }

    private static Operand<TFloating> lower(Ops tf, Operand<TFloating> x) {
        return tf.linalg.bandPart(x, tf.constant(-1), tf.constant(0));
    }

    private static Operand<TFloating> upper(Ops tf, Operand<TFloating> x) {
        return tf.linalg.bandPart(x, tf.constant(0), tf.constant(-1));
    }

    private static Operand<TFloating> product(
            Ops tf, Operand<TFloating> a, boolean transposeA, Operand<TFloating> b, boolean transposeB) {
        return tf.train.batchMatMul(a, b, a.type(), BatchMatMul.adjX(transposeA), BatchMatMul.adjY(transposeB));
    }

    @SuppressWarnings("unchecked") // matrix operations have floating-point operands
    private static Operand<TFloating> floating(Operand<?> operand) {
        return (Operand<TFloating>) operand;
    }
}
