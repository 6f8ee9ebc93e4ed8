package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.SolveFailure;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Adds an iterative solve: rows scaled to largest entry one, the loop of the method, and the failure. */
public final class KrylovSolve {

    private KrylovSolve() {}

    /**
     * A solution, and how many products with the matrix it took.
     *
     * @param products scalar, each for all rows
     * @param reduction scalar, the largest norm of a row's residual in units of that of its right-hand side
     */
    public record Counted<T extends TFloating>(
            CheckedSolution<T> checked, Operand<TInt32> products, Operand<T> reduction) {}

    /**
     * Adds the solution of a system from the initial guess zero.
     *
     * @param data what the system's products read; loop invariants
     * @param rhs [batch, d]
     */
    public static <T extends TFloating> CheckedSolution<T> add(
            Ops tf, Krylov settings, KrylovSystem<T> system, Values data, Operand<T> rhs) {
        return counted(tf, settings, system, data, rhs).checked();
    }

    /** Adds the same solution and counts the products. */
    public static <T extends TFloating> Counted<T> counted(
            Ops tf, Krylov settings, KrylovSystem<T> system, Values data, Operand<T> rhs) {
        Class<T> type = rhs.type();
        // Squares of norms neither overflow nor vanish when the largest entry is one.
        Operand<T> largest = tf.reduceMax(tf.math.abs(rhs), tf.constant(1), ReduceMax.keepDims(true));
        Operand<T> scale =
                tf.select(tf.math.greater(largest, Floats.scalar(tf, type, 0)), largest, tf.onesLike(largest));
        Operand<T> scaled = tf.math.div(rhs, scale);
        RowArithmetic<T> rows = new RowArithmetic<>(type);
        double tolerance = settings.toleranceIn(type);
        Operand<T> squared = rows.squared(tf, scaled);
        Operand<T> threshold = tf.math.mul(squared, Floats.scalar(tf, type, tolerance * tolerance));
        KrylovLoop<T> loop = new KrylovLoop<>(rows, settings, system, data, scaled, threshold);
        KrylovLoop.Ended<T> ended = switch (settings.method()) {
            case CG -> ConjugateGradients.add(tf, loop);
            case BICGSTAB -> BiCgStab.add(tf, loop);
            case GMRES -> Gmres.add(tf, loop);
        };
        Operand<TBool> posed = tf.math.isFinite(squared);
        Operand<T> solution =
                tf.select(posed, tf.math.mul(ended.solution(), scale), Floats.scalar(tf, type, Double.NaN));
        return new Counted<>(
                new CheckedSolution<>(solution, failure(tf, rows, ended, threshold, posed)),
                ended.products(),
                tf.math.sqrt(tf.reduceMax(
                        rows.quotient(tf, rows.positive(tf, squared), ended.squaredResidual(), squared),
                        tf.constant(new int[] {0, 1}))));
    }

    private static <T extends TFloating> Operand<TInt32> failure(
            Ops tf, RowArithmetic<T> rows, KrylovLoop.Ended<T> ended, Operand<T> threshold, Operand<TBool> posed) {
        Operand<TBool> finite = all(tf, tf.math.isFinite(ended.squaredResidual()));
        Operand<TBool> open = rows.any(tf, tf.math.greater(ended.squaredResidual(), threshold));
        Operand<TInt32> none = tf.constant(SolveFailure.NONE.code());
        Operand<TInt32> breakdown = tf.constant(SolveFailure.BREAKDOWN.code());
        Operand<TInt32> unfinished = tf.select(open, tf.constant(SolveFailure.NOT_CONVERGED.code()), none);
        Operand<TInt32> found =
                tf.select(tf.math.logicalAnd(finite, tf.math.logicalNot(ended.broken())), unfinished, breakdown);
        return tf.select(all(tf, posed), found, none);
    }

    private static Operand<TBool> all(Ops tf, Operand<TBool> rows) {
        return tf.reduceAll(rows, tf.constant(new int[] {0, 1}), new ReduceAll.Options[0]);
    }
}
