package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * One cycle of GMRES: the Arnoldi process with its least-squares problem kept triangular.
 *
 * <p>Gram-Schmidt is done twice for each direction, as products with the whole basis, whose rows beyond the present one
 * are zero. The reflections that make the Hessenberg matrix triangular are kept as their product Q, so that a new
 * column takes one product instead of a loop over the reflections.
 *
 * <pre>
 *   basis [batch, m+1, d], rotations Q [batch, m+1, m+1], columns [batch, m, m] (row j is column j of the triangle),
 *   weights [batch, m] and gamma [batch, 1]: Q |r| e_1 = (weights, gamma)
 * </pre>
 */
final class GmresCycle<T extends TFloating> {

    private static final String START = "first round";
    private static final String THRESHOLD = "threshold";

    /**
     * What a cycle ended with.
     *
     * @param correction [batch, d], before the preconditioner
     * @param squaredResidual [batch, 1]
     * @param round iterations of all cycles so far
     */
    record Ended<T extends TFloating>(
            Operand<T> correction, Operand<T> squaredResidual, Operand<TInt32> round, Operand<TBool> broken) {}

    private final Ops tf;
    private final RowArithmetic<T> rows;
    private final Class<T> type;
    private final int m;

    private GmresCycle(Ops tf, RowArithmetic<T> rows, Krylov settings) {
        this.tf = tf;
        this.rows = rows;
        this.type = rows.type();
        this.m = Math.min(settings.restart(), settings.maxIterations());
    }

    static <T extends TFloating> Ended<T> add(
            Ops tf,
            RowArithmetic<T> rows,
            Krylov settings,
            KrylovSystem<T> system,
            Values data,
            Operand<T> residual,
            Operand<T> threshold,
            Operand<TInt32> firstRound) {
        Class<T> type = rows.type();
        GmresCycle<T> outside = new GmresCycle<>(tf, rows, settings);
        Values initial = outside.initial(residual);
        Values fixed = data.prefixed("data/").with(THRESHOLD, threshold).with(START, firstRound);
        Values end = WhileLoop.define(
                        tf,
                        "gmres_cycle",
                        initial.specs(),
                        fixed.specs(),
                        (inner, carried, invariants) -> new GmresCycle<>(inner, rows, settings)
                                .proceeds(carried, invariants, settings.maxIterations()),
                        (inner, carried, invariants) ->
                                new GmresCycle<>(inner, rows, settings).direction(system, carried, invariants))
                .run(tf, initial, fixed)
                .values();
        return new Ended<>(
                outside.correction(end),
                tf.math.square(end.get("gamma", type)),
                tf.math.add(firstRound, end.get("j", TInt32.class)),
                end.get("broken", TBool.class));
    }

    private Values initial(Operand<T> residual) {
        Operand<T> norm = tf.math.sqrt(rows.squared(tf, residual));
        Operand<T> first = rows.quotient(tf, rows.positive(tf, norm), residual, norm);
        Operand<T> one = tf.onesLike(norm);
        return Values.of("j", tf.constant(0))
                .with("basis", outer(unit(tf.constant(0), m + 1), first))
                .with("rotations", tf.math.mul(tf.expandDims(one, tf.constant(2)), identity(m + 1)))
                .with("columns", tf.math.mul(tf.expandDims(one, tf.constant(2)), identity(m)))
                .with("weights", tf.math.mul(tf.zerosLike(norm), unit(tf.constant(0), m)))
                .with("gamma", norm)
                .with("broken", tf.constant(false));
    }

    private Operand<TBool> proceeds(Values carried, Values invariants, int limit) {
        Operand<TInt32> j = carried.get("j", TInt32.class);
        return tf.math.logicalAnd(
                tf.math.less(j, tf.constant(m)),
                rows.proceeds(
                        tf,
                        tf.math.add(j, invariants.get(START, TInt32.class)),
                        limit,
                        carried.get("broken", TBool.class),
                        tf.math.square(carried.get("gamma", type)),
                        invariants.get(THRESHOLD, type)));
    }

    private Values direction(KrylovSystem<T> system, Values carried, Values invariants) {
        Operand<TInt32> j = carried.get("j", TInt32.class);
        Operand<TInt32> after = tf.math.add(j, tf.constant(1));
        Operand<T> basis = carried.get("basis", type);
        Operand<T> rotations = carried.get("rotations", type);
        Operand<T> gamma = carried.get("gamma", type);
        Operand<TBool> open = tf.math.greater(tf.math.square(gamma), invariants.get(THRESHOLD, type));

        Values data = invariants.under("data/");
        Operand<T> last = tf.gather(basis, j, tf.constant(1));
        Operand<T> tried = system.precondition(tf, data, last);
        Operand<T> product = system.apply(tf, data, tried);
        Operand<T> once = along(basis, product);
        Operand<T> rest = tf.math.sub(product, combined(basis, once));
        Operand<T> twice = along(basis, rest);
        rest = tf.math.sub(rest, combined(basis, twice));
        Operand<T> norm = tf.math.sqrt(rows.squared(tf, rest));
        // What remains of a product inside the present space is rounding, and so is a product that has cancelled
        // against
        // the identity of I - alpha J: no new direction, and no pivot either.
        Operand<T> size = tf.math.sqrt(tf.math.maximum(rows.squared(tf, product), rows.squared(tf, tried)));
        Operand<T> noise = tf.math.mul(size, Floats.scalar(tf, type, 4 * Floats.epsilon(type)));
        Operand<TBool> fresh = tf.math.greater(norm, noise);
        norm = tf.select(fresh, norm, tf.zerosLike(norm));
        Operand<T> next = rows.quotient(tf, fresh, rest, norm);

        Operand<T> column = tf.math.add(tf.math.add(once, twice), tf.math.mul(norm, unit(after, m + 1)));
        column = tf.linalg.einsum(List.of(rotations, column), "bij,bj->bi");
        Operand<T> diagonal = entry(column, j);
        Operand<T> below = entry(column, after);
        Operand<T> radius = tf.math.sqrt(tf.math.add(tf.math.square(diagonal), tf.math.square(below)));
        Operand<TBool> regular = tf.math.logicalAnd(tf.math.greater(radius, noise), tf.math.isFinite(radius));
        Operand<TBool> moving = tf.math.logicalAnd(open, regular);
        Operand<T> cosine = rows.quotient(tf, regular, diagonal, radius);
        Operand<T> sine = rows.quotient(tf, regular, below, radius);

        Operand<T> kept = tf.math.mul(column, beforeMask(j));
        Operand<T> triangular = head(tf.math.add(kept, tf.math.mul(radius, unit(j, m + 1))));
        Operand<T> stored = tf.math.mul(tf.onesLike(gamma), unit(j, m));
        Operand<T> change = tf.math.sub(tf.select(moving, triangular, stored), stored);
        Operand<T> weight = rows.quotient(tf, moving, tf.math.mul(cosine, gamma), tf.onesLike(gamma));
        return carried.with("j", after)
                .with("basis", tf.math.add(basis, outer(unit(after, m + 1), next)))
                .with("rotations", rotated(rotations, j, after, cosine, sine))
                .with("columns", tf.math.add(carried.get("columns", type), outer(unit(j, m), change)))
                .with("weights", tf.math.add(carried.get("weights", type), tf.math.mul(weight, unit(j, m))))
                .with("gamma", tf.select(moving, tf.math.mul(sine, gamma), gamma))
                .with("broken", rows.any(tf, tf.math.logicalAnd(open, tf.math.logicalNot(regular))));
    }

    /** Rows j and j + 1 of Q reflected so that the new column vanishes in row j + 1. */
    private Operand<T> rotated(
            Operand<T> rotations, Operand<TInt32> j, Operand<TInt32> after, Operand<T> cosine, Operand<T> sine) {
        Operand<T> upper = tf.gather(rotations, j, tf.constant(1));
        Operand<T> lower = tf.gather(rotations, after, tf.constant(1));
        Operand<T> newUpper = rows.plus(tf, tf.math.mul(cosine, upper), sine, lower);
        Operand<T> newLower = rows.minus(tf, tf.math.mul(sine, upper), cosine, lower);
        return tf.math.add(
                rotations,
                tf.math.add(
                        outer(unit(j, m + 1), tf.math.sub(newUpper, upper)),
                        outer(unit(after, m + 1), tf.math.sub(newLower, lower))));
    }

    private Operand<T> correction(Values end) {
        Operand<T> weights = tf.linalg.triangularSolve(
                end.get("columns", type),
                tf.expandDims(end.get("weights", type), tf.constant(2)),
                TriangularSolve.lower(true),
                TriangularSolve.adjoint(true));
        Operand<T> padded = tf.concat(
                List.of(
                        tf.squeeze(weights, org.tensorflow.op.core.Squeeze.axis(List.of(2L))),
                        tf.zerosLike(end.get("gamma", type))),
                tf.constant(1));
        return combined(end.get("basis", type), padded);
    }

    private Operand<T> along(Operand<T> basis, Operand<T> vector) {
        return tf.linalg.einsum(List.of(basis, vector), "bkd,bd->bk");
    }

    private Operand<T> combined(Operand<T> basis, Operand<T> weights) {
        return tf.linalg.einsum(List.of(basis, weights), "bkd,bk->bd");
    }

    /** A unit vector times the rows of a matrix: [size] and [batch, d] to [batch, size, d]. */
    private Operand<T> outer(Operand<T> unit, Operand<T> matrix) {
        return tf.math.mul(tf.expandDims(unit, tf.constant(1)), tf.expandDims(matrix, tf.constant(1)));
    }

    private Operand<T> unit(Operand<TInt32> index, int size) {
        return tf.oneHot(index, tf.constant(size), Floats.scalar(tf, type, 1), Floats.scalar(tf, type, 0));
    }

    /** Ones before an index, zeros from there on: [m + 1]. */
    private Operand<T> beforeMask(Operand<TInt32> index) {
        Operand<TInt32> all = tf.range(tf.constant(0), tf.constant(m + 1), tf.constant(1));
        return tf.dtypes.cast(tf.math.less(all, index), type);
    }

    private Operand<T> identity(int size) {
        double[] flat = new double[size * size];
        for (int i = 0; i < size; i++) {
            flat[i * size + i] = 1;
        }
        return Floats.constant(tf, type, Shape.of(size, size), flat);
    }

    private Operand<T> entry(Operand<T> column, Operand<TInt32> index) {
        return tf.gather(column, tf.expandDims(index, tf.constant(0)), tf.constant(1));
    }

    private Operand<T> head(Operand<T> column) {
        return tf.slice(column, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, m}));
    }
}
