package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Lu;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What is kept of a dense system matrix between solves. */
public enum DenseSolve {
    /**
     * Its LU factors with row exchanges: two triangular solves each time.
     *
     * <p>The most accurate for ill-conditioned matrices. Not under XLA on the CPU, where {@code Lu} has no kernel.
     */
    LU {
        @Override
        <T extends TFloating> Values factor(Ops tf, Operand<T> matrix) {
            Lu<T, TInt32> factors = tf.linalg.lu(matrix);
            Operand<T> ones = tf.onesLike(tf.linalg.matrixDiagPart(
                    factors.lu(), tf.constant(0), dev.odeon.graph.Floats.scalar(tf, matrix.type(), 0)));
            return Values.of("lower", tf.linalg.matrixSetDiag(factors.lu(), ones, tf.constant(0)))
                    .with("upper", factors.lu())
                    .with("permutation", factors.p())
                    .with("inverse permutation", tf.math.invertPermutation(factors.p()));
        }

        @Override
        <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
            Operand<T> lower = factor.get("lower", rhs.type());
            Operand<T> upper = factor.get("upper", rhs.type());
            Operand<T> columns = transposed(tf, rhs);
            Operand<T> exchanged = tf.gather(columns, factor.get("permutation", TInt32.class), tf.constant(0));
            Operand<T> y = tf.linalg.triangularSolve(lower, exchanged, TriangularSolve.lower(true));
            return transposed(tf, tf.linalg.triangularSolve(upper, y, TriangularSolve.lower(false)));
        }

        @Override
        <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
            Operand<T> lower = factor.get("lower", rhs.type());
            Operand<T> upper = factor.get("upper", rhs.type());
            Operand<T> y = tf.linalg.triangularSolve(
                    upper, transposed(tf, rhs), TriangularSolve.lower(false), TriangularSolve.adjoint(true));
            Operand<T> z =
                    tf.linalg.triangularSolve(lower, y, TriangularSolve.lower(true), TriangularSolve.adjoint(true));
            return transposed(tf, tf.gather(z, factor.get("inverse permutation", TInt32.class), tf.constant(0)));
        }
    },
    /**
     * Its inverse: one matrix product each time, two to three times faster than LU.
     *
     * <p>The choice for well-conditioned systems, which I - alpha J of a dissipative J is.
     */
    INVERSE {
        @Override
        <T extends TFloating> Values factor(Ops tf, Operand<T> matrix) {
            return Values.of("inverse", tf.linalg.inv(matrix));
        }

        @Override
        <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
            return tf.linalg.matMul(rhs, factor.get("inverse", rhs.type()), MatMul.transposeB(true));
        }

        @Override
        <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
            return tf.linalg.matMul(rhs, factor.get("inverse", rhs.type()));
        }
    };

    abstract <T extends TFloating> Values factor(Ops tf, Operand<T> matrix);

    abstract <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs);

    abstract <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs);

    private static <T extends TFloating> Operand<T> transposed(Ops tf, Operand<T> rows) {
        return tf.linalg.transpose(rows, tf.constant(new int[] {1, 0}));
    }
}
