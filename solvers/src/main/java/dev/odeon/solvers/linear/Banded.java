package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.report.CheckedSolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * J with some diagonals on each side of the main one: wide finite differences in one dimension between boundaries.
 *
 * <p>Band k holds the diagonal of offset k - lower: bands_(k,i) is J at (i, i + k - lower). Entries whose column lies
 * outside the matrix are not read.
 *
 * <p>TensorFlow has no banded LU, and its banded triangular solve runs row after row on the processor only and has no XLA
 * kernel. {@link BlockReduction} takes its place: products of small blocks in a number of rounds that grows with log d, on
 * any device. Blocks are not exchanged: right for diagonally dominant systems, which those of diffusion are; otherwise
 * the factor, tried with one right-hand side, and {@link #solveChecked} report the loss of accuracy, and {@link Dense} is
 * the remedy.
 */
public final class Banded<T extends TFloating> implements LinearOperator<T> {

    private static final String BANDS = "bands";
    private static final String SYSTEM = "system";
    private static final String STRAIGHT = "straight/";
    private static final String TRANSPOSED = "transposed/";

    private final int lower;
    private final int upper;
    private final int d;
    private final double[][] constants;
    private final @Nullable Operand<T> tensor;
    private final BlockReduction reduction;

    private Banded(int lower, int upper, int d, double[][] constants, @Nullable Operand<T> tensor) {
        this.lower = lower;
        this.upper = upper;
        this.d = d;
        this.constants = constants;
        this.tensor = tensor;
        this.reduction = new BlockReduction(d, Math.max(1, Math.max(lower, upper)));
    }

    /**
     * With constant bands, each of d entries.
     *
     * @param lower bands below the main diagonal; the rest of the bands but one are above it
     * @throws IllegalArgumentException if the bands do not fit, or an entry is not finite
     */
    public static <T extends TFloating> Banded<T> of(int lower, double[]... bands) {
        requireBands(lower, bands.length);
        int d = bands[0].length;
        double[][] copy = new double[bands.length][];
        for (int k = 0; k < bands.length; k++) {
            if (bands[k].length != d) {
                throw new IllegalArgumentException("Band " + k + " has " + bands[k].length + " entries and band 0 has "
                        + d + ": pass one entry for each component in every band");
            }
            copy[k] = Checks.finite("Band " + k, bands[k]);
        }
        requireSize(lower, bands.length, d);
        return new Banded<>(lower, bands.length - 1 - lower, d, copy, null);
    }

    /**
     * With a tensor [bands, d], differentiable.
     *
     * @param lower bands below the main diagonal
     * @throws IllegalArgumentException if the static shape is unknown or does not fit
     */
    public static <T extends TFloating> Banded<T> of(int lower, Operand<T> bands) {
        Shape shape = bands.shape();
        if (shape.isUnknown() || shape.numDimensions() != 2 || shape.hasUnknownDimension()) {
            throw new IllegalArgumentException("The bands have the shape " + shape
                    + ": pass [bands, d] with both known, by tf.ensureShape if need be");
        }
        int count = Math.toIntExact(shape.get(0));
        int d = Math.toIntExact(shape.get(1));
        requireBands(lower, count);
        requireSize(lower, count, d);
        return new Banded<>(lower, count - 1 - lower, d, new double[0][], bands);
    }

    private static void requireBands(int lower, int count) {
        if (lower < 0 || lower >= count) {
            throw new IllegalArgumentException(lower + " lower bands of " + count
                    + " in all: the main diagonal is one more than the lower ones, pass it too");
        }
    }

    private static void requireSize(int lower, int count, int d) {
        if (d <= Math.max(lower, count - 1 - lower)) {
            throw new IllegalArgumentException(lower + " lower and " + (count - 1 - lower) + " upper bands on " + d
                    + " components: leave out the bands that lie outside the matrix");
        }
    }

    @Override
    public OptionalLong components() {
        return OptionalLong.of(d);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return tensor != null
                ? Values.of(BANDS, tensor)
                : Values.empty().withConstant(BANDS, Matrices.constant(tf, type, constants));
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return product(tf, data.get(BANDS, u.type()), u);
    }

    private Operand<T> product(Ops tf, Operand<T> bands, Operand<T> u) {
        List<Operand<T>> terms = new ArrayList<>();
        for (int k = 0; k <= lower + upper; k++) {
            terms.add(tf.math.mul(band(tf, bands, k), Shifts.filled(tf, u, k - lower, d)));
        }
        return tf.math.addN(terms);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return transposedProduct(tf, data.get(BANDS, u.type()), u);
    }

    private Operand<T> transposedProduct(Ops tf, Operand<T> bands, Operand<T> u) {
        List<Operand<T>> terms = new ArrayList<>();
        for (int k = 0; k <= lower + upper; k++) {
            terms.add(Shifts.filled(tf, tf.math.mul(band(tf, bands, k), u), lower - k, d));
        }
        return tf.math.addN(terms);
    }

    private Operand<T> band(Ops tf, Operand<T> bands, int k) {
        return tf.gather(bands, tf.constant(k), tf.constant(0));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        double[] unit = new double[(lower + upper + 1) * d];
        Arrays.fill(unit, lower * d, (lower + 1) * d, 1);
        Operand<T> identity = Floats.constant(tf, type, Shape.of(lower + upper + 1, d), unit);
        Operand<T> system = tf.math.sub(identity, tf.math.mul(data.get(BANDS, type), alpha));
        Values factor = Values.of(SYSTEM, system)
                .and(reduction.factor(tf, system, lower, upper).prefixed(STRAIGHT))
                .and(reduction.factor(tf, mirrored(tf, system), upper, lower).prefixed(TRANSPOSED));
        Operand<T> probe = ResidualCheck.probe(tf, type, d);
        return Singularity.broken(
                tf,
                factor,
                ResidualCheck.failed(tf, solveChecked(tf, factor, probe), solveTransposedChecked(tf, factor, probe)));
    }

    /** The bands of the transposed matrix. */
    private Operand<T> mirrored(Ops tf, Operand<T> bands) {
        List<Operand<T>> rows = new ArrayList<>();
        for (int offset = -upper; offset <= lower; offset++) {
            Operand<T> row = tf.expandDims(band(tf, bands, lower - offset), tf.constant(0));
            rows.add(tf.reshape(Shifts.filled(tf, row, offset, d), tf.constant(new int[] {d})));
        }
        return tf.stack(rows);
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return reduction.solve(tf, factor.under(STRAIGHT), rhs);
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return reduction.solve(tf, factor.under(TRANSPOSED), rhs);
    }

    @Override
    public CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        Operand<T> x = solve(tf, factor, rhs);
        return ResidualCheck.of(tf, x, product(tf, factor.get(SYSTEM, rhs.type()), x), rhs);
    }

    @Override
    public CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        Operand<T> x = solveTransposed(tf, factor, rhs);
        return ResidualCheck.of(tf, x, transposedProduct(tf, factor.get(SYSTEM, rhs.type()), x), rhs);
    }
}
