package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Arithmetic that keeps the rows of a batch apart: a coefficient of each row is a column [batch, 1]. */
record RowArithmetic<T extends TFloating>(Class<T> type) {

    /** Inner products of the rows: [batch, 1]. */
    Operand<T> dot(Ops tf, Operand<T> x, Operand<T> y) {
        return tf.reduceSum(tf.math.mul(x, y), tf.constant(1), ReduceSum.keepDims(true));
    }

    /** Squared norms of the rows: [batch, 1]. */
    Operand<T> squared(Ops tf, Operand<T> x) {
        return dot(tf, x, x);
    }

    /** x + a y. */
    Operand<T> plus(Ops tf, Operand<T> x, Operand<T> a, Operand<T> y) {
        return tf.math.add(x, tf.math.mul(a, y));
    }

    /** x - a y. */
    Operand<T> minus(Ops tf, Operand<T> x, Operand<T> a, Operand<T> y) {
        return tf.math.sub(x, tf.math.mul(a, y));
    }

    /** The quotient in the rows that are asked for, zero in the others. */
    Operand<T> quotient(Ops tf, Operand<TBool> asked, Operand<T> numerator, Operand<T> denominator) {
        Operand<T> safe = tf.select(asked, denominator, tf.onesLike(denominator));
        return tf.select(asked, tf.math.div(numerator, safe), tf.zerosLike(numerator));
    }

    Operand<TBool> any(Ops tf, Operand<TBool> column) {
        return tf.reduceAny(column, tf.constant(new int[] {0, 1}), new ReduceAny.Options[0]);
    }

    Operand<TBool> positive(Ops tf, Operand<T> column) {
        return tf.math.greater(column, zero(tf));
    }

    Operand<T> zero(Ops tf) {
        return Floats.scalar(tf, type, 0);
    }

    /** Whether another round follows: below the limit, sound, and some row open. */
    Operand<TBool> proceeds(
            Ops tf, Operand<TInt32> round, int limit, Operand<TBool> broken, Operand<T> squared, Operand<T> threshold) {
        return tf.math.logicalAnd(
                tf.math.logicalAnd(tf.math.less(round, tf.constant(limit)), tf.math.logicalNot(broken)),
                any(tf, tf.math.greater(squared, threshold)));
    }
}
