package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.setup.SymmetricEigen;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * J = a (L_x kron I) + b (I kron L_y): the Laplacian of a rectangle, from one symmetric matrix in each direction.
 *
 * <p>A state of nx ny components holds a grid [nx, ny] row by row: J acts as U -> a L_x U + b U L_y. With L = V diag(lambda)
 * V^T in both directions, found in Java when the graph is built, a solve is exact: transform, divide by 1 - alpha (a lambda_i
 * + b mu_j), transform back. It costs 4 nx ny (nx + ny) operations for each row of the batch and the factor is nx ny numbers,
 * where a dense inverse takes (nx ny)^2 of both. J is its own transpose. Source: Lynch, Rice, Thomas, Direct Solution of
 * Partial Difference Equations by Tensor Product Methods, 1964.
 *
 * <p>Boundary conditions sit in L_x and L_y; scale an unsymmetric discretisation of the Laplacian to a symmetric one first.
 */
public final class KroneckerSum<T extends TFloating> implements LinearOperator<T> {

    private static final String LEFT = "left";
    private static final String RIGHT = "right";
    private static final String A = "a";
    private static final String B = "b";
    private static final String VECTORS_X = "vectors x";
    private static final String VECTORS_Y = "vectors y";
    private static final String MULTIPLIERS = "multipliers";

    private record Coefficients<T extends TFloating>(Operand<T> a, Operand<T> b) {}

    private final double[][] left;
    private final double[][] right;
    private final SymmetricEigen eigenX;
    private final SymmetricEigen eigenY;
    private final @Nullable Coefficients<T> coefficients;

    private KroneckerSum(double[][] left, double[][] right, @Nullable Coefficients<T> coefficients) {
        this.left = left;
        this.right = right;
        this.eigenX = SymmetricEigen.of(left);
        this.eigenY = SymmetricEigen.of(right);
        this.coefficients = coefficients;
    }

    /**
     * With a = b = 1.
     *
     * @param lx symmetric, [nx, nx]
     * @param ly symmetric, [ny, ny]
     * @throws IllegalArgumentException if a matrix is not square, not symmetric or not finite
     */
    public static <T extends TFloating> KroneckerSum<T> of(double[][] lx, double[][] ly) {
        return new KroneckerSum<>(symmetric("the matrix of x", lx), symmetric("the matrix of y", ly), null);
    }

    /**
     * With scalar tensors as coefficients, differentiable: a diffusivity for each direction.
     *
     * @param lx symmetric, [nx, nx]
     * @param ly symmetric, [ny, ny]
     */
    public static <T extends TFloating> KroneckerSum<T> of(double[][] lx, double[][] ly, Operand<T> a, Operand<T> b) {
        Checks.shape("The coefficient of x", a);
        Checks.shape("The coefficient of y", b);
        return new KroneckerSum<>(
                symmetric("the matrix of x", lx), symmetric("the matrix of y", ly), new Coefficients<>(a, b));
    }

    private static double[][] symmetric(String what, double[][] matrix) {
        double[][] copy = Checks.square(what, matrix);
        double scale = 0;
        for (double[] row : copy) {
            for (double entry : row) {
                scale = Math.max(scale, Math.abs(entry));
            }
        }
        for (int i = 0; i < copy.length; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(copy[i][j] - copy[j][i]) > 1e-12 * scale) {
                    throw new IllegalArgumentException("Entry (" + i + ", " + j + ") of " + what + " is " + copy[i][j]
                            + " but its mirror image is " + copy[j][i]
                            + ": pass a symmetric matrix, or use a sparse operator");
                }
            }
        }
        return copy;
    }

    @Override
    public OptionalLong components() {
        return OptionalLong.of((long) left.length * right.length);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        Values matrices = Values.empty()
                .withConstant(LEFT, Matrices.constant(tf, type, left))
                .withConstant(RIGHT, Matrices.constant(tf, type, right));
        return coefficients == null
                ? matrices.withConstant(A, Floats.scalar(tf, type, 1)).withConstant(B, Floats.scalar(tf, type, 1))
                : matrices.with(A, coefficients.a()).with(B, coefficients.b());
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        Class<T> type = u.type();
        Operand<T> x = tf.math.mul(data.get(A, type), alongX(tf, data.get(LEFT, type), u, MatMul.transposeB(true)));
        Operand<T> y = tf.math.mul(data.get(B, type), alongY(tf, data.get(RIGHT, type), u, MatMul.transposeB(true)));
        return tf.math.add(x, y);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return apply(tf, data, u);
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        Operand<T> scaled = tf.math.mul(eigenvalues(tf, type, data), alpha);
        Operand<T> differences = tf.math.sub(Floats.scalar(tf, type, 1), scaled);
        Operand<TBool> singular = Singularity.cancelled(tf, differences, scaled);
        Values factor = function(tf, Singularity.poisoned(tf, tf.math.reciprocal(differences), singular));
        return Singularity.flagged(tf, factor, singular);
    }

    /** The eigenvalues of J: [nx ny]. */
    private Operand<T> eigenvalues(Ops tf, Class<T> type, Values data) {
        int nx = left.length;
        int ny = right.length;
        Operand<T> lambda = Floats.constant(tf, type, Shape.of(nx, 1), eigenX.values());
        Operand<T> mu = Floats.constant(tf, type, Shape.of(1, ny), eigenY.values());
        Operand<T> all = tf.math.add(tf.math.mul(data.get(A, type), lambda), tf.math.mul(data.get(B, type), mu));
        return tf.reshape(all, tf.constant(new int[] {nx * ny}));
    }

    /** What {@link #solve} reads to multiply by the matrix with given eigenvalues. */
    private Values function(Ops tf, Operand<T> values) {
        Class<T> type = values.type();
        return Values.of(MULTIPLIERS, values)
                .with(VECTORS_X, Matrices.constant(tf, type, eigenX.vectors()))
                .with(VECTORS_Y, Matrices.constant(tf, type, eigenY.vectors()));
    }

    @Override
    public Optional<Eigenbasis<T>> eigenbasis() {
        return Optional.of(new Modes());
    }

    /** Products of the eigenvectors of both directions are the basis. */
    private final class Modes implements Eigenbasis<T> {
        @Override
        public Numbers<T> eigenvalues(Ops tf, Class<T> type, Values data) {
            Operand<T> all = KroneckerSum.this.eigenvalues(tf, type, data);
            return new Numbers<>(all, tf.zerosLike(all));
        }

        @Override
        public Values function(Ops tf, Numbers<T> values) {
            return KroneckerSum.this.function(tf, values.real());
        }

        @Override
        public Operand<T> product(Ops tf, Values function, Operand<T> rows) {
            return solve(tf, function, rows);
        }
    }

    @Override
    public boolean variesFreely() {
        return true;
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        Class<T> type = rhs.type();
        Operand<T> vectorsX = factor.get(VECTORS_X, type);
        Operand<T> vectorsY = factor.get(VECTORS_Y, type);
        Operand<T> modes = alongY(tf, vectorsY, alongX(tf, vectorsX, rhs));
        Operand<T> divided = tf.math.mul(modes, factor.get(MULTIPLIERS, type));
        return alongX(tf, vectorsX, alongY(tf, vectorsY, divided, MatMul.transposeB(true)), MatMul.transposeB(true));
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return solve(tf, factor, rhs);
    }

    /** The product of a matrix with every line of the grid in the direction of y: sum_k u_(i,k) m_(k,j). */
    private Operand<T> alongY(Ops tf, Operand<T> matrix, Operand<T> u, MatMul.Options... options) {
        Operand<T> lines = tf.reshape(u, tf.constant(new int[] {-1, right.length}));
        return tf.reshape(tf.linalg.matMul(lines, matrix, options), flat(tf));
    }

    /** Likewise in the direction of x: sum_k u_(k,j) m_(k,i). */
    private Operand<T> alongX(Ops tf, Operand<T> matrix, Operand<T> u, MatMul.Options... options) {
        int nx = left.length;
        int ny = right.length;
        Operand<T> lines = tf.reshape(
                exchanged(tf, tf.reshape(u, tf.constant(new int[] {-1, nx, ny}))), tf.constant(new int[] {-1, nx}));
        Operand<T> products = tf.linalg.matMul(lines, matrix, options);
        return tf.reshape(exchanged(tf, tf.reshape(products, tf.constant(new int[] {-1, ny, nx}))), flat(tf));
    }

    private Operand<T> exchanged(Ops tf, Operand<T> grid) {
        return tf.linalg.transpose(grid, tf.constant(new int[] {0, 2, 1}));
    }

    private Operand<TInt32> flat(Ops tf) {
        return tf.constant(new int[] {-1, left.length * right.length});
    }
}
