package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * I - alpha J = D Q R of a tensor [d, d], with an estimate of its condition.
 *
 * <p>D holds the sizes of the rows: rows of different size, as stiff and slow components make them, are no sign of a singular
 * matrix, but rows that have cancelled are.
 */
final class OrthogonalFactors {

    private static final String Q = "q";
    private static final String R = "r";
    private static final String SCALES = "scales";
    private static final int ROUNDS = 2;

    private OrthogonalFactors() {}

    static <T extends TFloating> Values of(Ops tf, Operand<T> matrix) {
        Operand<T> scales = Matrices.rowSizes(tf, matrix);
        Qr<T> qr = tf.linalg.qr(tf.math.div(matrix, scales));
        Operand<TBool> singular = Singularity.illConditioned(tf, matrix.type(), condition(tf, qr.r()));
        // One of the two is enough: every solve reads both.
        return Singularity.flagged(
                tf,
                Values.of(Q, Singularity.poisoned(tf, qr.q(), singular))
                        .with(R, qr.r())
                        .with(SCALES, Matrices.transposed(tf, scales)),
                singular);
    }

    static <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        Operand<T> turned = Matrices.transposedTimes(
                tf, factor.get(Q, rhs.type()), tf.math.div(rhs, factor.get(SCALES, rhs.type())));
        return Matrices.transposed(tf, triangular(tf, factor.get(R, rhs.type()), Matrices.transposed(tf, turned)));
    }

    static <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        Operand<T> solved = transposedTriangular(tf, factor.get(R, rhs.type()), Matrices.transposed(tf, rhs));
        Operand<T> turned = Matrices.times(tf, factor.get(Q, rhs.type()), Matrices.transposed(tf, solved));
        return tf.math.div(turned, factor.get(SCALES, rhs.type()));
    }

    /** |R^-1| from below, by inverse iteration from fixed columns that no symmetry is orthogonal to. */
    private static <T extends TFloating> Operand<T> condition(Ops tf, Operand<T> r) {
        Class<T> type = r.type();
        Operand<T> row = tf.gather(r, tf.constant(new int[] {0}), tf.constant(0));
        Operand<T> index = tf.math.cumsum(tf.onesLike(row), tf.constant(1));
        Operand<T> vector =
                Matrices.transposed(tf, tf.math.add(tf.math.cos(tf.math.square(index)), Floats.scalar(tf, type, 1.5)));
        Operand<T> growth = Floats.scalar(tf, type, 1);
        for (int round = 0; round <= ROUNDS; round++) {
            Operand<T> before = Matrices.largest(tf, vector);
            vector = triangular(tf, r, vector);
            Operand<T> after = Matrices.largest(tf, vector);
            growth = tf.math.div(after, before);
            vector = transposedTriangular(tf, r, tf.math.div(vector, after));
        }
        return growth;
    }

    private static <T extends TFloating> Operand<T> triangular(Ops tf, Operand<T> r, Operand<T> columns) {
        return tf.linalg.triangularSolve(r, columns, TriangularSolve.lower(false));
    }

    private static <T extends TFloating> Operand<T> transposedTriangular(Ops tf, Operand<T> r, Operand<T> columns) {
        return tf.linalg.triangularSolve(r, columns, TriangularSolve.lower(false), TriangularSolve.adjoint(true));
    }
}
