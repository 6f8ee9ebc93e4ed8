package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/**
 * J as a full matrix [d, d].
 *
 * <p>{@link DenseSolve} chooses what is kept of I - alpha J: its LU factors or its inverse.
 */
public final class Dense<T extends TFloating> implements LinearOperator<T> {

    private static final String MATRIX = "matrix";

    private final double[][] constants;
    private final @Nullable Operand<T> tensor;
    private final DenseSolve strategy;

    private Dense(double[][] constants, @Nullable Operand<T> tensor, DenseSolve strategy) {
        this.constants = constants;
        this.tensor = tensor;
        this.strategy = strategy;
    }

    /**
     * With constant entries, row by row.
     *
     * @throws IllegalArgumentException if the matrix is not square
     */
    public static <T extends TFloating> Dense<T> of(double[][] matrix, DenseSolve strategy) {
        for (double[] row : matrix) {
            if (row.length != matrix.length) {
                throw new IllegalArgumentException("A row has " + row.length + " entries, but the matrix has "
                        + matrix.length + " rows: pass a square matrix");
            }
        }
        return new Dense<>(matrix.clone(), null, strategy);
    }

    /** With a tensor [d, d] as matrix, differentiable. */
    public static <T extends TFloating> Dense<T> of(Operand<T> matrix, DenseSolve strategy) {
        return new Dense<>(new double[0][], matrix, strategy);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        if (tensor != null) {
            return Values.of(MATRIX, tensor);
        }
        int d = constants.length;
        double[] flat = new double[d * d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(constants[i], 0, flat, i * d, d);
        }
        return Values.empty().withConstant(MATRIX, Floats.constant(tf, type, Shape.of(d, d), flat));
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return tf.linalg.matMul(u, data.get(MATRIX, u.type()), MatMul.transposeB(true));
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return tf.linalg.matMul(u, data.get(MATRIX, u.type()));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        Operand<T> matrix = data.get(MATRIX, type);
        Operand<T> zeros = tf.zerosLike(matrix);
        Operand<T> ones = tf.onesLike(tf.linalg.matrixDiagPart(matrix, tf.constant(0), Floats.scalar(tf, type, 0)));
        // Constant, so that backpropagation need not pass through operations without a gradient.
        Operand<T> identity = tf.stopGradient(tf.linalg.matrixSetDiag(zeros, ones, tf.constant(0)));
        Operand<T> system = tf.math.sub(identity, tf.math.mul(matrix, Floats.scalar(tf, type, alpha)));
        return strategy.factor(tf, system);
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return strategy.solve(tf, factor, rhs);
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return strategy.solveTransposed(tf, factor, rhs);
    }
}
