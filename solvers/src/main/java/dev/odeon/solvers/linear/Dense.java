package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.ZeroFilled;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * J as a full matrix [d, d].
 *
 * <p>{@link DenseSolve} chooses what is kept of I - alpha J: its triangular factors or its inverse. For states of up to some
 * thousand components; a structured operator is cheaper where J has structure.
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
     * With constant entries, row by row; factored in Java when the graph is built, d^3 operations for each step size, or in
     * the graph where sizes are chosen there.
     *
     * @throws IllegalArgumentException if the matrix is not square, or an entry is not finite
     */
    public static <T extends TFloating> Dense<T> of(double[][] matrix, DenseSolve strategy) {
        return new Dense<>(
                Checks.square("the matrix of a dense operator", matrix), null, Objects.requireNonNull(strategy));
    }

    /**
     * With a tensor [d, d] as matrix, differentiable; factored in the graph, once per run.
     *
     * @throws IllegalArgumentException if the static shape is no square
     */
    public static <T extends TFloating> Dense<T> of(Operand<T> matrix, DenseSolve strategy) {
        Shape shape = matrix.shape();
        if (!shape.isUnknown()
                && (shape.numDimensions() != 2 || !Shape.of(shape.get(0)).isCompatibleWith(Shape.of(shape.get(1))))) {
            throw new IllegalArgumentException(
                    "The matrix of a dense operator has the shape " + shape + ": pass a square matrix [d, d]");
        }
        return new Dense<>(new double[0][], matrix, Objects.requireNonNull(strategy));
    }

    @Override
    public OptionalLong components() {
        return tensor == null ? OptionalLong.of(constants.length) : Checks.last(tensor.shape());
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return tensor != null
                ? Values.of(MATRIX, tensor)
                : Values.empty().withConstant(MATRIX, Matrices.constant(tf, type, constants));
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return Matrices.times(tf, data.get(MATRIX, u.type()), u);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return Matrices.transposedTimes(tf, data.get(MATRIX, u.type()), u);
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        Checks.alpha(alpha);
        if (tensor == null) {
            return strategy.factor(tf, type, system(alpha));
        }
        return factor(tf, type, data, Floats.scalar(tf, type, alpha));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        Operand<T> matrix = data.get(MATRIX, type);
        Operand<T> zeros = tf.zerosLike(matrix);
        Operand<T> ones = tf.onesLike(ZeroFilled.diagonals(tf, matrix));
        // Constant, so that backpropagation need not pass through operations without a gradient.
        Operand<T> identity = tf.stopGradient(tf.linalg.matrixSetDiag(zeros, ones, tf.constant(0)));
        return strategy.factor(tf, tf.math.sub(identity, tf.math.mul(matrix, alpha)));
    }

    private double[][] system(double alpha) {
        double[][] system = new double[constants.length][constants.length];
        for (int i = 0; i < constants.length; i++) {
            for (int j = 0; j < constants.length; j++) {
                system[i][j] = (i == j ? 1 : 0) - alpha * constants[i][j];
            }
        }
        return system;
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
