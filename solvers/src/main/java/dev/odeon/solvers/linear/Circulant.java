package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * J as a periodic stencil: a finite difference on a ring of d points.
 *
 * <p>The eigenvalues of I - alpha J are computed in float64 when the graph is built. A solve is one product with the
 * inverse below 256 points and a pair of real fast Fourier transforms from 256 points on. Measured on processors for
 * batches of 256 rows: at 64 and 128 points the two are within a factor of about two of each other, with the product
 * ahead in float32; from 256 points on the transforms are faster in float64 and in float32, at 512 three to five times, at
 * 2048 more than ten times. {@link #solvedBy} chooses otherwise.
 *
 * <p>The product with J adds shifted copies while the stencil is short, and is a full product otherwise.
 */
public final class Circulant<T extends TFloating> implements LinearOperator<T> {

    private static final String MATRIX = "matrix";
    /** Above this many coefficients shifted copies cost more than a product of a few hundred points. */
    private static final int SHORT = 16;

    private final double[] column;
    private final Spectrum spectrum;
    private final CirculantSolve strategy;
    private final int[] offsets;

    private Circulant(double[] column, Spectrum spectrum, CirculantSolve strategy) {
        this.column = column;
        this.spectrum = spectrum;
        this.strategy = strategy;
        this.offsets =
                IntStream.range(0, column.length).filter(j -> column[j] != 0).toArray();
    }

    /**
     * A stencil centred on each point.
     *
     * @param points d, at least the stencil's length
     * @param stencil odd number of coefficients; (J u)_i is the sum of stencil_k u_(i + k - centre)
     * @throws IllegalArgumentException if the stencil does not fit, or a coefficient is not finite
     */
    public static <T extends TFloating> Circulant<T> stencil(int points, double... stencil) {
        if (stencil.length % 2 == 0 || stencil.length > points) {
            throw new IllegalArgumentException("A stencil of " + stencil.length + " coefficients on " + points
                    + " points: give an odd number of coefficients, at most one per point");
        }
        Checks.finite("The stencil", stencil);
        int centre = stencil.length / 2;
        double[] column = new double[points];
        for (int k = 0; k < stencil.length; k++) {
            column[Math.floorMod(centre - k, points)] += stencil[k];
        }
        return new Circulant<>(column, Spectrum.of(column), CirculantSolve.fastest(points));
    }

    /** The same operator with another way to solve. */
    public Circulant<T> solvedBy(CirculantSolve other) {
        return new Circulant<>(column, spectrum, Objects.requireNonNull(other, "other"));
    }

    @Override
    public OptionalLong components() {
        return OptionalLong.of(column.length);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return shifted()
                ? Values.empty()
                : Values.empty().withConstant(MATRIX, Matrices.constant(tf, type, matrix(column)));
    }

    /** Shifted copies cost about their number, a product the number of points divided by some dozens. */
    private boolean shifted() {
        return offsets.length <= SHORT && CirculantSolve.fastest(column.length) == CirculantSolve.FFT;
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return shifted() ? neighbours(tf, u, -1) : Matrices.times(tf, data.get(MATRIX, u.type()), u);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return shifted() ? neighbours(tf, u, 1) : Matrices.transposedTimes(tf, data.get(MATRIX, u.type()), u);
    }

    /** Entry (i, i - j) of J is column_j, entry (i, i + j) of its transpose. */
    private Operand<T> neighbours(Ops tf, Operand<T> u, int direction) {
        Operand<T> sum = tf.zerosLike(u);
        for (int j : offsets) {
            Operand<T> shifted = Shifts.periodic(tf, u, direction * j, column.length);
            sum = tf.math.add(sum, tf.math.mul(shifted, Floats.scalar(tf, u.type(), column[j])));
        }
        return sum;
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        Checks.alpha(alpha);
        Spectrum inverse = spectrum.inverted(alpha, Singularity.reciprocalCondition(type));
        return Singularity.flagged(tf, strategy.factor(tf, type, inverse), !inverse.finite());
    }

    @Override
    public boolean variesFreely() {
        return strategy == CirculantSolve.FFT;
    }

    @Override
    public Optional<LinearOperator<T>> solvedBySample() {
        return Optional.of(solvedBy(CirculantSolve.FFT));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        return strategy.factor(tf, type, spectrum, alpha);
    }

    @Override
    public Optional<Eigenbasis<T>> eigenbasis() {
        return Optional.of(new Waves());
    }

    /** Waves on the ring are the basis. */
    private final class Waves implements Eigenbasis<T> {
        @Override
        public Numbers<T> eigenvalues(Ops tf, Class<T> type, Values data) {
            int half = column.length / 2 + 1;
            Shape shape = Shape.of(half);
            return new Numbers<>(
                    Floats.constant(tf, type, shape, Arrays.copyOf(spectrum.real(), half)),
                    Floats.constant(tf, type, shape, Arrays.copyOf(spectrum.imaginary(), half)));
        }

        @Override
        public Values function(Ops tf, Numbers<T> values) {
            return strategy.multiplier(tf, values, column.length);
        }

        @Override
        public Operand<T> product(Ops tf, Values function, Operand<T> rows) {
            return strategy.solve(tf, function, rows, column.length);
        }
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return strategy.solve(tf, factor, rhs, column.length);
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return strategy.solveTransposed(tf, factor, rhs, column.length);
    }

    /** The full matrix with a first column. */
    static double[][] matrix(double[] column) {
        int d = column.length;
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix[i][j] = column[Math.floorMod(i - j, d)];
            }
        }
        return matrix;
    }
}
