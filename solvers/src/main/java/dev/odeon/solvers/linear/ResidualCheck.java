package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.SolveFailure;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Whether an elimination without row exchanges has kept its accuracy: the residual says. */
public final class ResidualCheck {

    private ResidualCheck() {}

    /**
     * Adds the failure: the residual of a row is above the square root of the rounding, relative to its terms.
     *
     * @param product (I - alpha J) x
     */
    public static <T extends TFloating> CheckedSolution<T> of(
            Ops tf, Operand<T> x, Operand<T> product, Operand<T> rhs) {
        Class<T> type = rhs.type();
        Operand<T> posed = magnitude(tf, rhs);
        Operand<T> bound = tf.math.mul(
                tf.math.add(posed, magnitude(tf, product)), Floats.scalar(tf, type, Math.sqrt(Floats.epsilon(type))));
        // A NaN is not below any bound.
        Operand<TBool> small = all(tf, tf.math.lessEqual(magnitude(tf, tf.math.sub(product, rhs)), bound));
        Operand<TBool> solved = tf.math.logicalOr(
                tf.math.logicalAnd(small, all(tf, tf.math.isFinite(bound))),
                tf.math.logicalNot(all(tf, tf.math.isFinite(posed))));
        Operand<TInt32> failure =
                tf.select(solved, tf.constant(SolveFailure.NONE.code()), tf.constant(SolveFailure.BREAKDOWN.code()));
        return new CheckedSolution<>(x, failure);
    }

    /** A right-hand side [1, d] that no structure of a matrix favours, to try a factor with before its first use. */
    public static <T extends TFloating> Operand<T> probe(Ops tf, Class<T> type, int d) {
        Operand<T> index = tf.dtypes.cast(tf.range(tf.constant(1), tf.constant(d + 1), tf.constant(1)), type);
        Operand<T> scattered = tf.math.sin(tf.math.square(index));
        return tf.expandDims(tf.math.add(scattered, Floats.scalar(tf, type, 2)), tf.constant(0));
    }

    /** The greater of two failures, as a condition. */
    public static Operand<TBool> failed(Ops tf, CheckedSolution<?> straight, CheckedSolution<?> transposed) {
        return tf.math.greater(
                tf.math.maximum(straight.failure(), transposed.failure()), tf.constant(SolveFailure.NONE.code()));
    }

    /** The sum of magnitudes in each row; unlike a maximum it never overlooks a NaN. */
    private static <T extends TFloating> Operand<T> magnitude(Ops tf, Operand<T> rows) {
        return tf.reduceSum(tf.math.abs(rows), tf.constant(1), new ReduceSum.Options[0]);
    }

    private static Operand<TBool> all(Ops tf, Operand<TBool> rows) {
        return tf.reduceAll(rows, tf.constant(0), new ReduceAll.Options[0]);
    }
}
