package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.report.CheckedSolution;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TIntegral;

/**
 * J as a list of its entries: a graph's edges with their weights, or a finite-element matrix.
 *
 * <p>Entry e is J at (rows_e, columns_e); entries at one place add up. A product gathers the components the entries read
 * and sums by row, which costs the number of entries for each row of the batch, has a gradient, and runs under XLA. Solves
 * are Krylov iterations preconditioned by the diagonal of I - alpha J. The order of the entries does not matter; sorted by
 * row they are read fastest.
 */
public final class Sparse<T extends TFloating> implements IterativeOperator<T> {

    private static final String ROWS = "rows";
    private static final String COLUMNS = "columns";
    private static final String WEIGHTS = "weights";

    private record Constants(int[] rows, int[] columns, double[] weights) {}

    private record Tensors<T extends TFloating>(
            Operand<? extends TIntegral> rows, Operand<? extends TIntegral> columns, Operand<T> weights) {}

    private final int d;
    private final Krylov krylov;
    private final @Nullable Constants constants;
    private final @Nullable Tensors<T> tensors;

    private Sparse(int d, Krylov krylov, @Nullable Constants constants, @Nullable Tensors<T> tensors) {
        this.d = d;
        this.krylov = Objects.requireNonNull(krylov, "krylov");
        this.constants = constants;
        this.tensors = tensors;
    }

    /**
     * With constant entries.
     *
     * @param d components of the state
     * @param rows of the entries, from 0 to d - 1
     * @param columns of the entries, likewise
     * @throws IllegalArgumentException if the lengths differ, an index is outside the matrix, or a weight is not finite
     */
    public static <T extends TFloating> Sparse<T> of(
            int d, int[] rows, int[] columns, double[] weights, Krylov krylov) {
        requireSize(d);
        if (rows.length != columns.length || rows.length != weights.length || rows.length == 0) {
            throw new IllegalArgumentException(rows.length + " rows, " + columns.length + " columns and "
                    + weights.length + " weights: pass one of each for every entry, and at least one entry");
        }
        requireIndices("row", rows, d);
        requireIndices("column", columns, d);
        return new Sparse<>(
                d,
                krylov,
                new Constants(rows.clone(), columns.clone(), Checks.finite("The list of weights", weights)),
                null);
    }

    /**
     * With tensors as entries; the weights are differentiable.
     *
     * @param d components of the state
     * @param rows [entries], from 0 to d - 1, 64-bit integers for preference
     * @param columns [entries], likewise
     * @param weights [entries]
     * @throws IllegalArgumentException if a static shape does not fit
     */
    public static <T extends TFloating> Sparse<T> of(
            int d,
            Operand<? extends TIntegral> rows,
            Operand<? extends TIntegral> columns,
            Operand<T> weights,
            Krylov krylov) {
        requireSize(d);
        Checks.shape("The rows of the entries", rows, Shape.UNKNOWN_SIZE);
        long entries =
                rows.shape().isUnknown() ? Shape.UNKNOWN_SIZE : rows.shape().get(0);
        Checks.shape("The columns of the entries", columns, entries);
        Checks.shape("The weights of the entries", weights, entries);
        return new Sparse<>(d, krylov, null, new Tensors<>(rows, columns, weights));
    }

    /**
     * With constant entries in compressed rows: row i holds the entries offsets_i to offsets_(i+1) - 1.
     *
     * @param offsets d + 1 numbers from 0 to the number of entries, not falling
     * @throws IllegalArgumentException if the offsets do not fit the entries, or as {@link #of} does
     */
    public static <T extends TFloating> Sparse<T> compressed(
            int[] offsets, int[] columns, double[] weights, Krylov krylov) {
        int d = offsets.length - 1;
        requireSize(d);
        if (offsets[0] != 0 || offsets[d] != columns.length) {
            throw new IllegalArgumentException("Offsets from " + offsets[0] + " to " + offsets[d] + " for "
                    + columns.length + " entries: start at 0 and end at the number of entries");
        }
        int[] rows = new int[columns.length];
        for (int i = 0; i < d; i++) {
            if (offsets[i + 1] < offsets[i]) {
                throw new IllegalArgumentException("Offset " + offsets[i + 1] + " follows " + offsets[i] + " at row "
                        + i + ": offsets must not fall");
            }
            Arrays.fill(rows, offsets[i], offsets[i + 1], i);
        }
        return of(d, rows, columns, weights, krylov);
    }

    private static void requireSize(int d) {
        if (d < 1) {
            throw new IllegalArgumentException("A sparse operator on " + d + " components: pass at least one");
        }
    }

    private static void requireIndices(String what, int[] indices, int d) {
        for (int e = 0; e < indices.length; e++) {
            if (indices[e] < 0 || indices[e] >= d) {
                throw new IllegalArgumentException("The " + what + " of entry " + e + " is " + indices[e]
                        + ", outside a matrix of " + d + " components: count from 0 to " + (d - 1));
            }
        }
    }

    @Override
    public OptionalLong components() {
        return OptionalLong.of(d);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        if (tensors != null) {
            return Values.of(ROWS, tf.dtypes.cast(tensors.rows(), TInt64.class))
                    .with(COLUMNS, tf.dtypes.cast(tensors.columns(), TInt64.class))
                    .with(WEIGHTS, tensors.weights());
        }
        Constants known = Objects.requireNonNull(constants);
        return Values.of(ROWS, tf.constant(wide(known.rows())))
                .with(COLUMNS, tf.constant(wide(known.columns())))
                .withConstant(WEIGHTS, Floats.constant(tf, type, Shape.of(known.weights().length), known.weights()));
    }

    /** TensorFlow keeps 32-bit integers that a loop carries in the memory of the host, from which a GPU would copy them. */
    private static long[] wide(int[] indices) {
        return Arrays.stream(indices).asLongStream().toArray();
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return product(tf, data, ROWS, COLUMNS, u);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return product(tf, data, COLUMNS, ROWS, u);
    }

    private Operand<T> product(Ops tf, Values data, String to, String from, Operand<T> u) {
        Operand<T> read = tf.gather(Matrices.transposed(tf, u), data.get(from, TInt64.class), tf.constant(0));
        Operand<T> weighted = tf.math.mul(read, tf.expandDims(data.get(WEIGHTS, u.type()), tf.constant(1)));
        return Matrices.transposed(
                tf, tf.math.unsortedSegmentSum(weighted, data.get(to, TInt64.class), tf.constant(d)));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        Operand<TInt64> rows = data.get(ROWS, TInt64.class);
        Operand<T> weights = data.get(WEIGHTS, type);
        Operand<T> own =
                tf.select(tf.math.equal(rows, data.get(COLUMNS, TInt64.class)), weights, tf.zerosLike(weights));
        Operand<T> diagonal = tf.math.unsortedSegmentSum(own, rows, tf.constant(d));
        return ShiftedSystem.factor(tf, data, alpha, diagonal);
    }

    @Override
    public boolean variesFreely() {
        return true;
    }

    @Override
    public CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return ShiftedSystem.solve(tf, krylov, factor, this::apply, ShiftedSystem::jacobi, rhs);
    }

    @Override
    public CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return ShiftedSystem.solve(tf, krylov, factor, this::applyTransposed, ShiftedSystem::jacobi, rhs);
    }
}
