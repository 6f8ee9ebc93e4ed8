package dev.odeon.solvers.linear.setup;

import dev.odeon.graph.Floats;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.graph.ZeroFilled;
import dev.odeon.graph.runtime.Gpus;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The inverses of many matrices by Gauss-Jordan elimination with row exchanges, written in operations that stay on a GPU.
 *
 * <p>TensorFlow's QR has a kernel of the host alone, its LU and inverse end the run at a singular matrix and wait for the
 * host to look. Round k takes the largest entry of column k among the rows not taken yet; the rows stay where they are, and
 * marks [n] of zeros and a one stand for the exchange. Narrow matrices are unrolled, wide ones a loop of n rounds.
 *
 * <p>A singular matrix ends nothing: its pivots are of rounding size, its inverse is large or not finite.
 *
 * @param inverse [b, n, n]
 * @param pivots their magnitudes, [b, n], in units of the matrix
 */
public record GaussJordan<T extends TFloating>(Operand<T> inverse, Operand<T> pivots) {

    private static final int UNROLLED = 8;
    private static final String ROWS = "rows";
    private static final String FREE = "free";
    private static final String TAKEN = "taken";
    private static final String PIVOTS = "pivots";
    private static final String ROUND = "round";

    private record Step<T extends TFloating>(Operand<T> rows, Operand<T> free, Operand<T> taken, Operand<T> pivot) {}

    /** Whether it is the better way for matrices of a width, where the graph that is being built will run. */
    public static boolean suits(long n) {
        // On the CPU the kernels of QR take a half to a fifth of the time.
        return n > 0 && Gpus.targeted();
    }

    /**
     * Adds the elimination; its results are constants for differentiation.
     *
     * @param matrices [b, n, n]
     * @param n known
     */
    public static <T extends TFloating> GaussJordan<T> of(Ops tf, Operand<T> matrices, int n) {
        Operand<T> constant = tf.stopGradient(matrices);
        Operand<T> ones = tf.onesLike(ZeroFilled.diagonals(tf, constant));
        Operand<T> rows = tf.concat(List.of(constant, ZeroFilled.matrices(tf, ones)), tf.constant(2));
        return n <= UNROLLED ? unrolled(tf, rows, ones, n) : looped(tf, rows, ones, n);
    }

    /**
     * Adds the inverse of one matrix; a constant for differentiation.
     *
     * @param matrix [n, n]
     * @param n known
     */
    public static <T extends TFloating> Operand<T> inverse(Ops tf, Operand<T> matrix, int n) {
        return tf.squeeze(of(tf, tf.expandDims(matrix, tf.constant(0)), n).inverse(), Squeeze.axis(List.of(0L)));
    }

    private static Squeeze.Options squeezed() {
        return Squeeze.axis(List.of(2L));
    }

    private static <T extends TFloating> GaussJordan<T> unrolled(Ops tf, Operand<T> rows, Operand<T> free, int n) {
        List<Operand<T>> taken = new ArrayList<>();
        List<Operand<T>> pivots = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            Step<T> step = step(tf, rows, free, tf.constant(k), n);
            rows = step.rows();
            free = step.free();
            taken.add(step.taken());
            pivots.add(step.pivot());
        }
        return sorted(tf, rows, tf.concat(taken, tf.constant(1)), tf.concat(pivots, tf.constant(1)), n);
    }

    private static <T extends TFloating> GaussJordan<T> looped(Ops tf, Operand<T> rows, Operand<T> free, int n) {
        Class<T> type = rows.type();
        // Rounds first, so that each writes one row in place.
        Operand<TInt32> samples = tf.slice(tf.shape(free), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
        Operand<T> zero = Floats.scalar(tf, type, 0);
        Operand<T> taken = tf.fill(
                tf.concat(List.of(tf.constant(new int[] {n}), samples, tf.constant(new int[] {n})), tf.constant(0)),
                zero);
        Operand<T> pivots = tf.fill(tf.concat(List.of(tf.constant(new int[] {n}), samples), tf.constant(0)), zero);
        Values initial = Values.of(ROUND, tf.constant(0))
                .with(ROWS, rows)
                .with(FREE, free)
                .with(TAKEN, taken)
                .with(PIVOTS, pivots);
        WhileLoop loop = WhileLoop.define(
                tf,
                "elimination",
                initial.specs(),
                List.of(),
                (inner, carried, fixed) -> inner.math.less(carried.get(ROUND, TInt32.class), inner.constant(n)),
                (inner, carried, fixed) -> {
                    Operand<TInt32> k = carried.get(ROUND, TInt32.class);
                    Step<T> step = step(inner, carried.get(ROWS, type), carried.get(FREE, type), k, n);
                    Operand<T> marks = inner.squeeze(step.taken(), Squeeze.axis(List.of(1L)));
                    Operand<T> pivot = inner.squeeze(step.pivot(), Squeeze.axis(List.of(1L)));
                    return Values.of(ROUND, inner.math.add(k, inner.constant(1)))
                            .with(ROWS, step.rows())
                            .with(FREE, step.free())
                            .with(TAKEN, LoopTables.written(inner, carried.get(TAKEN, type), k, marks))
                            .with(PIVOTS, LoopTables.written(inner, carried.get(PIVOTS, type), k, pivot));
                });
        Values end = loop.run(tf, initial, Values.empty()).values();
        return sorted(
                tf,
                end.get(ROWS, type),
                tf.linalg.transpose(end.get(TAKEN, type), tf.constant(new int[] {1, 0, 2})),
                tf.linalg.transpose(end.get(PIVOTS, type), tf.constant(new int[] {1, 0})),
                n);
    }

    /** One round: [b, n, 2n] rows, [b, n] ones of the rows that are free; taken [b, 1, n] and pivot [b, 1]. */
    private static <T extends TFloating> Step<T> step(
            Ops tf, Operand<T> rows, Operand<T> free, Operand<TInt32> k, int n) {
        Class<T> type = rows.type();
        Operand<T> column = column(tf, rows, k);
        Operand<T> sizes = tf.math.mul(tf.math.abs(tf.squeeze(column, squeezed())), free);
        Operand<TInt32> largest = tf.math.argMax(sizes, tf.constant(1), TInt32.class);
        Operand<T> marks = tf.oneHot(largest, tf.constant(n), Floats.scalar(tf, type, 1), Floats.scalar(tf, type, 0));
        Operand<T> taken = tf.expandDims(marks, tf.constant(1));
        Operand<T> row = tf.train.batchMatMul(taken, rows, type);
        Operand<T> pivot = column(tf, row, k);
        Operand<T> unit = tf.math.div(row, pivot);
        Operand<T> others = tf.math.sub(column, tf.expandDims(marks, tf.constant(2)));
        return new Step<>(
                tf.math.sub(rows, tf.math.mul(others, unit)),
                tf.math.sub(free, marks),
                taken,
                tf.squeeze(tf.math.abs(pivot), squeezed()));
    }

    private static <T extends TFloating> Operand<T> column(Ops tf, Operand<T> rows, Operand<TInt32> k) {
        return tf.gather(rows, tf.expandDims(k, tf.constant(0)), tf.constant(2));
    }

    private static <T extends TFloating> GaussJordan<T> sorted(
            Ops tf, Operand<T> rows, Operand<T> taken, Operand<T> pivots, int n) {
        Operand<T> right = tf.slice(rows, tf.constant(new int[] {0, 0, n}), tf.constant(new int[] {-1, -1, n}));
        return new GaussJordan<>(tf.train.batchMatMul(taken, right, rows.type()), pivots);
    }
}
