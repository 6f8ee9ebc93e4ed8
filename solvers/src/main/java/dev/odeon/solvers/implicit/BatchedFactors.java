package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import dev.odeon.graph.ZeroFilled;
import dev.odeon.solvers.linear.setup.GaussJordan;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * Factors of many small matrices [rows, n, n] that survive singular ones, where TensorFlow's LU ends the run.
 *
 * @param <T> element type
 */
sealed interface BatchedFactors<T extends TFloating> {

    String INVERSE = "inverse";
    String LARGEST = "largest";
    String Q = "q";
    String R = "r";

    /** The magnitudes of what each column has beyond those before it, [rows, n]. */
    Operand<T> pivots();

    /**
     * Adds what solves need.
     *
     * @param solvable [rows, 1], false for matrices whose place the identity takes
     */
    Values values(Ops tf, Operand<TBool> solvable);

    /** On the CPU. */
    record Orthogonal<T extends TFloating>(Operand<T> q, Operand<T> r, Operand<T> pivots) implements BatchedFactors<T> {
        @Override
        public Values values(Ops tf, Operand<TBool> solvable) {
            return Values.of(Q, q).with(R, orIdentity(tf, r, solvable));
        }
    }

    /** On a GPU, which has no kernel of QR; every solve is one product. */
    record Inverse<T extends TFloating>(Operand<T> matrices, GaussJordan<T> eliminated) implements BatchedFactors<T> {
        @Override
        public Operand<T> pivots() {
            return eliminated.pivots();
        }

        @Override
        public Values values(Ops tf, Operand<TBool> solvable) {
            return Values.of(INVERSE, orIdentity(tf, eliminated.inverse(), solvable))
                    .with(LARGEST, largest(tf, matrices));
        }
    }

    /**
     * Adds the factors.
     *
     * @param matrices [rows, n, n]
     * @param n negative if unknown
     */
    static <T extends TFloating> BatchedFactors<T> of(Ops tf, Operand<T> matrices, long n) {
        if (GaussJordan.suits(n)) {
            return new Inverse<>(matrices, GaussJordan.of(tf, matrices, Math.toIntExact(n)));
        }
        Qr<T> qr = tf.linalg.qr(matrices);
        return new Orthogonal<>(qr.q(), qr.r(), tf.math.abs(ZeroFilled.diagonals(tf, qr.r())));
    }

    private static <T extends TFloating> Operand<T> orIdentity(Ops tf, Operand<T> factor, Operand<TBool> solvable) {
        Operand<T> identity = ZeroFilled.matrices(tf, tf.onesLike(ZeroFilled.diagonals(tf, factor)));
        Operand<TBool> kept = tf.broadcastTo(tf.expandDims(solvable, tf.constant(2)), tf.shape(factor));
        return tf.select(kept, factor, identity);
    }

    /** Adds the solutions for columns [rows, n, 1]. */
    static <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> columns) {
        Class<T> type = columns.type();
        if (factor.contains(INVERSE)) {
            return tf.train.batchMatMul(factor.get(INVERSE, type), columns, type);
        }
        Operand<T> rotated = tf.train.batchMatMul(factor.get(Q, type), columns, type, BatchMatMul.adjX(true));
        return tf.linalg.triangularSolve(factor.get(R, type), rotated, TriangularSolve.lower(false));
    }

    /** Adds the solutions of the transposed systems. */
    static <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> columns) {
        Class<T> type = columns.type();
        if (factor.contains(INVERSE)) {
            return tf.train.batchMatMul(factor.get(INVERSE, type), columns, type, BatchMatMul.adjX(true));
        }
        Operand<T> solved = tf.linalg.triangularSolve(
                factor.get(R, type), columns, TriangularSolve.lower(false), TriangularSolve.adjoint(true));
        return tf.train.batchMatMul(factor.get(Q, type), solved, type);
    }

    /** About as large as the largest entry of each matrix: [rows]. */
    static <T extends TFloating> Operand<T> magnitudes(Ops tf, Values factor, Class<T> type) {
        return factor.contains(LARGEST) ? factor.get(LARGEST, type) : largest(tf, factor.get(R, type));
    }

    private static <T extends TFloating> Operand<T> largest(Ops tf, Operand<T> matrices) {
        return tf.reduceMax(tf.math.abs(matrices), tf.constant(new int[] {1, 2}));
    }
}
