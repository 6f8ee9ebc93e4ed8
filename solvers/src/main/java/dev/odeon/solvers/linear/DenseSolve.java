package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.setup.GaussJordan;
import dev.odeon.solvers.linear.setup.LuFactors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What is kept of a dense system matrix between solves.
 *
 * <p>A constant matrix is factored in Java when the graph is built, in float64 with partial pivoting, whatever the element
 * type of the solve. A tensor is factored in the graph, once per run, and so is a constant matrix for a step size that the
 * graph chooses.
 */
public enum DenseSolve {
    /**
     * Triangular factors: the most accurate for ill-conditioned matrices.
     *
     * <p>For a constant matrix its LU factors with row exchanges, two triangular solves each time. For a tensor its
     * orthogonal and triangular factors, one product and one triangular solve each time: unlike TensorFlow's LU they
     * survive a singular matrix, and run under XLA on the CPU. On a GPU its inverse by elimination, and a step of refinement,
     * three products each time: there is no kernel of QR.
     */
    LU {
        @Override
        <T extends TFloating> Values factor(Ops tf, Class<T> type, double[][] matrix) {
            LuFactors factors = LuFactors.of(matrix);
            boolean singular = singular(type, factors, matrix);
            double[][] upper = factors.upper();
            if (singular) {
                poison(upper);
            }
            int[] permutation = factors.permutation();
            Values factor = Values.of(LOWER, Matrices.constant(tf, type, factors.lower()))
                    .with(UPPER, Matrices.constant(tf, type, upper))
                    .with(PERMUTATION, tf.constant(permutation))
                    .with(INVERSE_PERMUTATION, tf.constant(inverted(permutation)));
            return Singularity.flagged(tf, factor, singular);
        }

        @Override
        <T extends TFloating> Values factor(Ops tf, Operand<T> matrix) {
            return GaussJordan.suits(Matrices.width(matrix))
                    ? RefinedInverse.of(tf, matrix)
                    : OrthogonalFactors.of(tf, matrix);
        }

        @Override
        <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
            if (RefinedInverse.isIn(factor)) {
                return RefinedInverse.solve(tf, factor, rhs);
            }
            if (!factor.contains(LOWER)) {
                return OrthogonalFactors.solve(tf, factor, rhs);
            }
            Operand<T> columns = Matrices.transposed(tf, rhs);
            Operand<T> exchanged = tf.gather(columns, factor.get(PERMUTATION, TInt32.class), tf.constant(0));
            Operand<T> y =
                    tf.linalg.triangularSolve(factor.get(LOWER, rhs.type()), exchanged, TriangularSolve.lower(true));
            return Matrices.transposed(
                    tf, tf.linalg.triangularSolve(factor.get(UPPER, rhs.type()), y, TriangularSolve.lower(false)));
        }

        @Override
        <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
            if (RefinedInverse.isIn(factor)) {
                return RefinedInverse.solveTransposed(tf, factor, rhs);
            }
            if (!factor.contains(LOWER)) {
                return OrthogonalFactors.solveTransposed(tf, factor, rhs);
            }
            Operand<T> y = tf.linalg.triangularSolve(
                    factor.get(UPPER, rhs.type()),
                    Matrices.transposed(tf, rhs),
                    TriangularSolve.lower(false),
                    TriangularSolve.adjoint(true));
            Operand<T> z = tf.linalg.triangularSolve(
                    factor.get(LOWER, rhs.type()), y, TriangularSolve.lower(true), TriangularSolve.adjoint(true));
            return Matrices.transposed(tf, tf.gather(z, factor.get(INVERSE_PERMUTATION, TInt32.class), tf.constant(0)));
        }
    },
    /**
     * Its inverse: one matrix product each time, two to three times faster than LU.
     *
     * <p>The choice for well-conditioned systems, which I - alpha J of a dissipative J is.
     */
    INVERSE {
        @Override
        <T extends TFloating> Values factor(Ops tf, Class<T> type, double[][] matrix) {
            LuFactors factors = LuFactors.of(matrix);
            boolean singular = singular(type, factors, matrix);
            double[][] inverse = factors.inverse();
            if (singular) {
                poison(inverse);
            }
            return Singularity.flagged(tf, Values.of(INVERTED, Matrices.constant(tf, type, inverse)), singular);
        }

        @Override
        <T extends TFloating> Values factor(Ops tf, Operand<T> matrix) {
            Class<T> type = matrix.type();
            Operand<T> scales = Matrices.rowSizes(tf, matrix);
            Operand<T> ofScaled = Matrices.inverse(tf, tf.math.div(matrix, scales));
            Operand<T> condition = Matrices.norm(tf, tf.stopGradient(ofScaled));
            Operand<TBool> singular = Singularity.illConditioned(tf, type, condition);
            Operand<T> inverse = tf.math.div(ofScaled, Matrices.transposed(tf, scales));
            return Singularity.flagged(tf, Values.of(INVERTED, Singularity.poisoned(tf, inverse, singular)), singular);
        }

        @Override
        <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
            return Matrices.times(tf, factor.get(INVERTED, rhs.type()), rhs);
        }

        @Override
        <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
            return Matrices.transposedTimes(tf, factor.get(INVERTED, rhs.type()), rhs);
        }
    };

    private static final String LOWER = "lower";
    private static final String UPPER = "upper";
    private static final String PERMUTATION = "permutation";
    private static final String INVERSE_PERMUTATION = "inverse permutation";
    private static final String INVERTED = "inverse";

    abstract <T extends TFloating> Values factor(Ops tf, Class<T> type, double[][] matrix);

    abstract <T extends TFloating> Values factor(Ops tf, Operand<T> matrix);

    abstract <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs);

    abstract <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs);

    private static boolean singular(Class<? extends TFloating> type, LuFactors factors, double[][] system) {
        return factors.reciprocalCondition(rowSizes(system)) < Singularity.reciprocalCondition(type);
    }

    /** As {@link Matrices#rowSizes}. */
    private static double[] rowSizes(double[][] system) {
        double[] sizes = new double[system.length];
        for (int i = 0; i < system.length; i++) {
            for (int j = 0; j < system.length; j++) {
                sizes[i] += i == j ? 1 + Math.abs(1 - system[i][i]) : Math.abs(system[i][j]);
            }
        }
        return sizes;
    }

    private static void poison(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            matrix[i][i] = Double.NaN;
        }
    }

    private static int[] inverted(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }
}
