package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.graph.ZeroFilled;
import dev.odeon.solvers.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The matrices I - dphi/dv of all rows, and their factors after their own rows were scaled: stiff and slow components
 * differ in size, which makes no matrix singular.
 *
 * <p>Row k of a matrix is one vector-Jacobian product with the k-th unit vector in every row of the batch at once. Narrow
 * systems share one evaluation of phi; wide ones evaluate again in a loop, so that the graph stays small.
 */
final class DenseJacobian {

    private static final int UNROLLED = 8;
    private static final String SCALES = "scales";

    private DenseJacobian() {}

    /**
     * Factors of all rows.
     *
     * @param values of {@link BatchedFactors}, and the scales [rows, n]
     * @param failure code of LINEAR_BREAKDOWN if a matrix is singular to working precision or not finite, else of SUCCESS
     * @param evaluations of phi
     */
    record Factored(Values values, Operand<TInt32> failure, Operand<TInt32> evaluations) {}

    /** Adds the factors at v. */
    static <T extends TFloating> Factored factor(
            Ops tf, Equation<T> equation, StateRows rows, Shape shape, Operand<T> v, Values inside) {
        Operand<T> matrices = narrow(rows, shape)
                ? unrolled(tf, equation, rows, (int) rows.width(shape), v, inside)
                : looped(tf, equation, rows, v, inside);
        Operand<TInt32> evaluations = images(tf, rows, shape, v);
        Class<T> type = v.type();
        Operand<T> terms = terms(tf, matrices);
        Operand<T> scales = tf.reduceSum(terms, tf.constant(2));
        Operand<T> columnOfScales = tf.expandDims(scales, tf.constant(2));
        Operand<T> scaled = tf.math.div(matrices, columnOfScales);
        BatchedFactors<T> factors = BatchedFactors.of(tf, scaled, rows.width(shape));
        // A pivot is what a column has beyond the columns before it; less than the rounding of its terms is nothing.
        Operand<T> columns = tf.reduceSum(tf.math.div(terms, columnOfScales), tf.constant(1));
        Operand<T> rounding = tf.math.mul(columns, Floats.scalar(tf, type, 4 * Floats.epsilon(type)));
        // False for NaN, too.
        Operand<TBool> solvable =
                tf.reduceAll(tf.math.greater(factors.pivots(), rounding), tf.constant(1), ReduceAll.keepDims(true));
        Operand<TBool> all = tf.reduceAll(solvable, tf.constant(new int[] {0, 1}), new ReduceAll.Options[0]);
        return new Factored(
                factors.values(tf, solvable).with(SCALES, scales),
                tf.select(all, tf.constant(Outcome.SUCCESS.code()), tf.constant(Outcome.LINEAR_BREAKDOWN.code())),
                tf.math.mul(evaluations, tf.constant(equation.evaluations())));
    }

    /** The magnitudes of the terms of every entry, |I| + |dphi/dv|, which do not cancel as the entries do. */
    private static <T extends TFloating> Operand<T> terms(Ops tf, Operand<T> matrices) {
        Operand<T> diagonal = ZeroFilled.diagonals(tf, matrices);
        Operand<T> one = tf.onesLike(diagonal);
        Operand<T> ofDiagonal = tf.math.add(one, tf.math.abs(tf.math.sub(one, diagonal)));
        return tf.linalg.matrixSetDiag(tf.math.abs(matrices), ofDiagonal, tf.constant(0));
    }

    private static boolean narrow(StateRows rows, Shape shape) {
        // Rows without numbers are for the loop, which then has no round.
        return rows.width(shape) > 0 && rows.width(shape) <= UNROLLED;
    }

    /** How often phi is evaluated for the matrices of all rows. */
    static <T extends TFloating> Operand<TInt32> images(Ops tf, StateRows rows, Shape shape, Operand<T> v) {
        return narrow(rows, shape) ? tf.constant(1) : width(tf, rows, v);
    }

    /** Adds the solution x of (I - dphi/dv) x = rhs for every row. */
    static <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        Operand<T> scaled = tf.math.div(rhs, factor.get(SCALES, rhs.type()));
        Operand<T> solved = BatchedFactors.solve(tf, factor, tf.expandDims(scaled, tf.constant(-1)));
        return tf.squeeze(solved, Squeeze.axis(List.of(-1L)));
    }

    /** Adds the solution of the transposed system for every row. */
    static <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        Operand<T> solved = BatchedFactors.solveTransposed(tf, factor, tf.expandDims(rhs, tf.constant(-1)));
        Operand<T> scaled = tf.squeeze(solved, Squeeze.axis(List.of(-1L)));
        return tf.math.div(scaled, factor.get(SCALES, rhs.type()));
    }

    /** What the terms of A^T x are about as large as, for every row: [rows]. */
    static <T extends TFloating> Operand<T> magnitudes(Ops tf, Values factor, Operand<T> x) {
        Class<T> type = x.type();
        Operand<T> entries = BatchedFactors.magnitudes(tf, factor, type);
        Operand<T> scaled = tf.math.abs(tf.math.mul(x, factor.get(SCALES, type)));
        return tf.math.mul(entries, tf.reduceSum(scaled, tf.constant(1)));
    }

    private static <T extends TFloating> Operand<T> unrolled(
            Ops tf, Equation<T> equation, StateRows rows, int width, Operand<T> v, Values inside) {
        Operand<T> at = tf.stopGradient(v);
        Operand<T> image = equation.map(tf, at, inside);
        List<Operand<T>> matrixRows = new ArrayList<>();
        for (int k = 0; k < width; k++) {
            matrixRows.add(row(tf, rows, at, image, tf.constant(k)));
        }
        return tf.stack(matrixRows, org.tensorflow.op.core.Stack.axis(1L));
    }

    private static <T extends TFloating> Operand<T> looped(
            Ops tf, Equation<T> equation, StateRows rows, Operand<T> v, Values inside) {
        Class<T> type = v.type();
        Operand<T> flat = rows.of(tf, v);
        Operand<TInt32> width = width(tf, rows, v);
        Operand<TInt32> dimensions =
                tf.concat(List.of(tf.expandDims(width, tf.constant(0)), tf.shape(flat)), tf.constant(0));
        Values initial = Values.of("k", tf.constant(0)).with("matrix", tf.fill(dimensions, Floats.scalar(tf, type, 0)));
        Values invariants = Values.of("v", v).with("width", width).and(inside.prefixed("inside/"));
        WhileLoop loop = WhileLoop.define(
                tf,
                "jacobian",
                initial.specs(),
                invariants.specs(),
                (inner, carried, fixed) ->
                        inner.math.less(carried.get("k", TInt32.class), fixed.get("width", TInt32.class)),
                (inner, carried, fixed) -> {
                    Operand<TInt32> k = carried.get("k", TInt32.class);
                    Operand<T> at = inner.stopGradient(fixed.get("v", type));
                    Operand<T> image = equation.map(inner, at, fixed.under("inside/"));
                    Operand<T> row = row(inner, rows, at, image, k);
                    Operand<T> written = LoopTables.written(inner, carried.get("matrix", type), k, row);
                    return Values.of("k", inner.math.add(k, inner.constant(1))).with("matrix", written);
                });
        Operand<T> stacked = loop.run(tf, initial, invariants).values().get("matrix", type);
        return tf.linalg.transpose(stacked, tf.constant(new int[] {1, 0, 2}));
    }

    /** Row k of I - dphi/dv, for every row of the batch. */
    private static <T extends TFloating> Operand<T> row(
            Ops tf, StateRows rows, Operand<T> v, Operand<T> image, Operand<TInt32> k) {
        Class<T> type = v.type();
        Operand<T> flat = rows.of(tf, v);
        Operand<T> unit = tf.oneHot(k, width(tf, rows, v), Floats.scalar(tf, type, 1), Floats.scalar(tf, type, 0));
        Operand<T> weights = tf.stopGradient(tf.broadcastTo(unit, tf.shape(flat)));
        return tf.math.sub(weights, rows.of(tf, product(tf, image, StateRows.back(tf, weights, v), v)));
    }

    /** The vector-Jacobian product, zero where the image does not depend on v. */
    @SuppressWarnings("unchecked") // a gradient has the type of its target
    static <T extends TFloating> Operand<T> product(Ops tf, Operand<T> image, Operand<T> weights, Operand<T> v) {
        Operand<?> product =
                Gradients.vectorJacobian(tf, image, weights, List.of(v)).get(0);
        return product == null ? tf.zerosLike(v) : (Operand<T>) product;
    }

    private static <T extends TFloating> Operand<TInt32> width(Ops tf, StateRows rows, Operand<T> v) {
        return tf.gather(tf.shape(rows.of(tf, v)), tf.constant(1), tf.constant(0));
    }
}
