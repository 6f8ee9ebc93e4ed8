package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.ZeroFilled;
import dev.odeon.solvers.linear.report.CheckedSolution;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.TridiagonalSolve;
import org.tensorflow.types.family.TFloating;

/**
 * J with three diagonals: diffusion and advection in one dimension between boundaries.
 *
 * <pre>
 *   (J u)_i = lower_(i-1) u_(i-1) + main_i u_i + upper_i u_(i+1)
 * </pre>
 *
 * <p>A solve is TensorFlow's tridiagonal elimination, O(d) for each row of the batch; its factor is only the diagonals of
 * I - alpha J. Rows are not exchanged, which XLA has no kernel for: right for diagonally dominant systems, which those of
 * diffusion are; otherwise the factor, tried with one right-hand side, and {@link #solveChecked} report the loss of
 * accuracy, and {@link Dense} is the remedy. The product is built from shifts, since TensorFlow's TridiagonalMatMul has no
 * gradient in the graph.
 */
public final class Tridiagonal<T extends TFloating> implements LinearOperator<T> {

    private static final String LOWER = "lower";
    private static final String MAIN = "main";
    private static final String UPPER = "upper";
    private static final String SYSTEM = "system";
    private static final String TRANSPOSED = "transposed system";

    private record Constants(double[] lower, double[] main, double[] upper) {}

    private record Tensors<T extends TFloating>(Operand<T> lower, Operand<T> main, Operand<T> upper) {}

    private final int d;
    private final @Nullable Constants constants;
    private final @Nullable Tensors<T> tensors;

    private Tridiagonal(int d, @Nullable Constants constants, @Nullable Tensors<T> tensors) {
        this.d = d;
        this.constants = constants;
        this.tensors = tensors;
    }

    /**
     * With constant diagonals.
     *
     * @param lower d - 1 entries below the main diagonal
     * @param main d entries, at least two
     * @param upper d - 1 entries above it
     * @throws IllegalArgumentException if the lengths do not fit, or an entry is not finite
     */
    public static <T extends TFloating> Tridiagonal<T> of(double[] lower, double[] main, double[] upper) {
        requireLengths(lower.length, main.length, upper.length);
        return new Tridiagonal<>(
                main.length,
                new Constants(
                        Checks.finite("The lower diagonal", lower),
                        Checks.finite("The main diagonal", main),
                        Checks.finite("The upper diagonal", upper)),
                null);
    }

    /**
     * With tensors of the same lengths as diagonals, differentiable.
     *
     * @throws IllegalArgumentException if a static shape is unknown or does not fit
     */
    public static <T extends TFloating> Tridiagonal<T> of(Operand<T> lower, Operand<T> main, Operand<T> upper) {
        int d = Checks.length("The main diagonal", main);
        requireLengths(Checks.length("The lower diagonal", lower), d, Checks.length("The upper diagonal", upper));
        return new Tridiagonal<>(d, null, new Tensors<>(lower, main, upper));
    }

    private static void requireLengths(int lower, int main, int upper) {
        if (main < 2 || lower != main - 1 || upper != main - 1) {
            throw new IllegalArgumentException("Diagonals of " + lower + ", " + main + " and " + upper
                    + " entries: pass d - 1, d and d - 1 with d at least 2");
        }
    }

    @Override
    public OptionalLong components() {
        return OptionalLong.of(d);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        if (tensors != null) {
            return Values.of(LOWER, tensors.lower()).with(MAIN, tensors.main()).with(UPPER, tensors.upper());
        }
        Constants known = Objects.requireNonNull(constants);
        return Values.empty()
                .withConstant(LOWER, Floats.constant(tf, type, Shape.of(d - 1), known.lower()))
                .withConstant(MAIN, Floats.constant(tf, type, Shape.of(d), known.main()))
                .withConstant(UPPER, Floats.constant(tf, type, Shape.of(d - 1), known.upper()));
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return product(tf, data, LOWER, UPPER, u);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return product(tf, data, UPPER, LOWER, u);
    }

    private Operand<T> product(Ops tf, Values data, String lower, String upper, Operand<T> u) {
        Class<T> type = u.type();
        return banded(
                tf,
                extended(tf, data.get(upper, type), 0, 1),
                data.get(MAIN, type),
                extended(tf, data.get(lower, type), 1, 0),
                u);
    }

    /** The product with diagonals of length d, whose entries beyond the matrix meet a zero. */
    private Operand<T> banded(Ops tf, Operand<T> upper, Operand<T> main, Operand<T> lower, Operand<T> u) {
        return tf.math.add(
                tf.math.mul(main, u),
                tf.math.add(
                        tf.math.mul(upper, Shifts.filled(tf, u, 1, d)),
                        tf.math.mul(lower, Shifts.filled(tf, u, -1, d))));
    }

    private static <T extends TFloating> Operand<T> extended(Ops tf, Operand<T> diagonal, int before, int after) {
        return ZeroFilled.padded(tf, diagonal, new int[][] {{before, after}});
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        Operand<T> scale = tf.math.neg(alpha);
        Operand<T> main = tf.math.add(tf.math.mul(data.get(MAIN, type), scale), Floats.scalar(tf, type, 1));
        Operand<T> lower = tf.math.mul(data.get(LOWER, type), scale);
        Operand<T> upper = tf.math.mul(data.get(UPPER, type), scale);
        Operand<T> straight = stacked(tf, upper, main, lower);
        Operand<T> transposed = stacked(tf, lower, main, upper);
        Operand<T> probe = ResidualCheck.probe(tf, type, d);
        return Singularity.broken(
                tf,
                Values.of(SYSTEM, straight).with(TRANSPOSED, transposed),
                ResidualCheck.failed(tf, checked(tf, straight, probe), checked(tf, transposed, probe)));
    }

    @Override
    public boolean variesFreely() {
        return true;
    }

    private static <T extends TFloating> Operand<T> stacked(
            Ops tf, Operand<T> upper, Operand<T> main, Operand<T> lower) {
        return tf.stack(List.of(extended(tf, upper, 0, 1), main, extended(tf, lower, 1, 0)));
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return eliminated(tf, factor.get(SYSTEM, rhs.type()), rhs);
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return eliminated(tf, factor.get(TRANSPOSED, rhs.type()), rhs);
    }

    private Operand<T> eliminated(Ops tf, Operand<T> system, Operand<T> rhs) {
        Operand<T> columns = tf.linalg.tridiagonalSolve(
                system, Matrices.transposed(tf, rhs), TridiagonalSolve.partialPivoting(false));
        return Matrices.transposed(tf, columns);
    }

    @Override
    public CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return checked(tf, factor.get(SYSTEM, rhs.type()), rhs);
    }

    @Override
    public CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return checked(tf, factor.get(TRANSPOSED, rhs.type()), rhs);
    }

    private CheckedSolution<T> checked(Ops tf, Operand<T> system, Operand<T> rhs) {
        Operand<T> x = eliminated(tf, system, rhs);
        Operand<T> product = banded(tf, row(tf, system, 0), row(tf, system, 1), row(tf, system, 2), x);
        return ResidualCheck.of(tf, x, product, rhs);
    }

    private Operand<T> row(Ops tf, Operand<T> system, int index) {
        return tf.gather(system, tf.constant(index), tf.constant(0));
    }
}
