package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.report.SolveFailure;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** When I - alpha J counts as singular, and how a factor says so: by its flag and by values that are not finite. */
public final class Singularity {

    private Singularity() {}

    /** The reciprocal condition below which nothing of a solution is left. */
    static double reciprocalCondition(Class<? extends TFloating> type) {
        return 4 * Floats.epsilon(type);
    }

    /** Whether a sum of terms cancelled to rounding. */
    static boolean cancelled(Class<? extends TFloating> type, double sum, double magnitudes) {
        return !(Math.abs(sum) > reciprocalCondition(type) * magnitudes);
    }

    /** Adds whether an entry of 1 - x has cancelled to rounding. */
    public static <T extends TFloating> Operand<TBool> cancelled(Ops tf, Operand<T> difference, Operand<T> x) {
        Class<T> type = x.type();
        Operand<T> magnitudes = tf.math.add(tf.math.abs(x), Floats.scalar(tf, type, 1));
        return orNotFinite(
                tf,
                difference,
                tf.math.lessEqual(
                        tf.math.abs(difference),
                        tf.math.mul(magnitudes, Floats.scalar(tf, type, reciprocalCondition(type)))));
    }

    /** Adds whether a condition number leaves nothing of a solution; one that is not finite does not either. */
    public static <T extends TFloating> Operand<TBool> illConditioned(Ops tf, Class<T> type, Operand<T> condition) {
        return orNotFinite(
                tf, condition, tf.math.greaterEqual(condition, Floats.scalar(tf, type, 1 / reciprocalCondition(type))));
    }

    /** Said outright: TensorFlow rewrites the negation of a comparison to its opposite, and both are false for a NaN. */
    private static <T extends TFloating> Operand<TBool> orNotFinite(Ops tf, Operand<T> x, Operand<TBool> condition) {
        return tf.math.logicalOr(condition, tf.math.logicalNot(tf.math.isFinite(x)));
    }

    /** The same values, or NaN where singular; the gradient passes unchanged. */
    public static <T extends TFloating> Operand<T> poisoned(Ops tf, Operand<T> x, Operand<TBool> singular) {
        Class<T> type = x.type();
        Operand<T> poison = tf.select(singular, Floats.scalar(tf, type, Double.NaN), Floats.scalar(tf, type, 0));
        return tf.math.add(x, tf.stopGradient(poison));
    }

    /** A factor with the flag of a condition of any shape. */
    public static Values flagged(Ops tf, Values factor, Operand<TBool> singular) {
        Operand<TInt32> axes = tf.range(tf.constant(0), tf.rank(singular), tf.constant(1));
        Operand<TBool> any = tf.reduceAny(singular, axes, new ReduceAny.Options[0]);
        return factor.withConstant(
                LinearOperator.FAILURE,
                tf.select(any, tf.constant(SolveFailure.SINGULAR.code()), tf.constant(SolveFailure.NONE.code())));
    }

    /** A factor with the flag of an elimination that has lost its accuracy: scalar. */
    public static Values broken(Ops tf, Values factor, Operand<TBool> broken) {
        return factor.withConstant(
                LinearOperator.FAILURE,
                tf.select(broken, tf.constant(SolveFailure.BREAKDOWN.code()), tf.constant(SolveFailure.NONE.code())));
    }

    /** A factor with the flag of a condition known now. */
    static Values flagged(Ops tf, Values factor, boolean singular) {
        return factor.withConstant(
                LinearOperator.FAILURE, tf.constant((singular ? SolveFailure.SINGULAR : SolveFailure.NONE).code()));
    }
}
