package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.stepper.Interpolant;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Two fractions of a step between which g changes its sign, drawn together in an inner loop.
 *
 * <p>The false position with Illinois' halving of the value that stays; every fourth round bisects, so that the bracket
 * surely shrinks. Source: Dowell, Jarratt, A modified regula falsi method for computing the root of an equation, 1971.
 *
 * @param dense coefficients of the step's dense output
 * @param start of the step: a column
 * @param length of the step with its sign: a column
 */
record Bracket<T extends TFloating>(
        StopEvent<T> event, List<Operand<T>> dense, Operand<T> start, Operand<T> length, Values theta) {

    private static final int ROUNDS = 120;
    private static final String ROUND = "round";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String VALUE_FROM = "value from";
    private static final String VALUE_TO = "value to";
    private static final String SIDE = "side";

    /** Adds the loop; the result is the end of the bracket where the sign has changed. */
    Operand<T> narrowed(
            Ops tf, Operand<TBool> found, Operand<T> from, Operand<T> to, Operand<T> valueFrom, Operand<T> valueTo) {
        Class<T> type = from.type();
        Values initial = Values.of(ROUND, tf.constant(0))
                .with(FROM, from)
                .with(TO, to)
                .with(VALUE_FROM, valueFrom)
                .with(VALUE_TO, valueTo)
                .with(SIDE, tf.zerosLike(from));
        // A bracket whose end is a zero already is narrow.
        Operand<TBool> open = tf.math.logicalAnd(found, tf.math.notEqual(valueTo, Floats.scalar(tf, type, 0)));
        Values fixed = Values.of("open", open)
                .with("sign", tf.math.sign(valueFrom))
                .with("start", start)
                .with("length", length)
                .and(theta.prefixed("theta/"));
        for (int k = 0; k < dense.size(); k++) {
            fixed = fixed.with("c" + k, dense.get(k));
        }
        WhileLoop loop = WhileLoop.define(
                tf,
                "event",
                initial.specs(),
                fixed.specs(),
                (inner, carried, values) -> inner.math.logicalAnd(
                        inner.math.less(carried.get(ROUND, TInt32.class), inner.constant(ROUNDS)),
                        any(inner, wide(inner, carried, values))),
                this::round);
        return loop.run(tf, initial, fixed).values().get(TO, type);
    }

    private static Operand<TBool> any(Ops tf, Operand<TBool> which) {
        return tf.reduceAny(which, tf.range(tf.constant(0), tf.rank(which), tf.constant(1)));
    }

    private Operand<TBool> wide(Ops tf, Values carried, Values fixed) {
        Class<T> type = start.type();
        Operand<T> width = tf.math.sub(carried.get(TO, type), carried.get(FROM, type));
        Operand<T> time = tf.math.abs(tf.math.mul(width, fixed.get("length", type)));
        Operand<T> resolved =
                tf.math.mul(tf.math.abs(fixed.get("start", type)), Floats.scalar(tf, type, Floats.epsilon(type)));
        Operand<TBool> wide = tf.math.logicalAnd(
                tf.math.greater(time, tf.math.maximum(resolved, Floats.scalar(tf, type, event.tolerance()))),
                tf.math.greater(width, Floats.scalar(tf, type, 4 * Floats.epsilon(type))));
        return tf.math.logicalAnd(fixed.get("open", TBool.class), wide);
    }

    private Values round(Ops tf, Values carried, Values fixed) {
        Class<T> type = start.type();
        Operand<T> from = carried.get(FROM, type);
        Operand<T> to = carried.get(TO, type);
        Operand<T> valueFrom = carried.get(VALUE_FROM, type);
        Operand<T> valueTo = carried.get(VALUE_TO, type);
        Operand<T> side = carried.get(SIDE, type);
        Operand<TInt32> round = carried.get(ROUND, TInt32.class);
        Operand<T> half = Floats.scalar(tf, type, 0.5);
        Operand<T> one = Floats.scalar(tf, type, 1);
        Operand<T> share = tf.math.divNoNan(valueFrom, tf.math.sub(valueFrom, valueTo));
        Operand<TBool> bisect = tf.math.equal(tf.math.mod(round, tf.constant(4)), tf.constant(3));
        Operand<T> at = tf.math.add(from, tf.math.mul(tf.math.sub(to, from), tf.select(bisect, half, share)));
        List<Operand<T>> inside = new ArrayList<>();
        for (int k = 0; k < dense.size(); k++) {
            inside.add(fixed.get("c" + k, type));
        }
        Operand<T> time = tf.math.add(fixed.get("start", type), tf.math.mul(fixed.get("length", type), at));
        Operand<T> value = Crossing.value(tf, event, time, Interpolant.at(tf, inside, at), fixed.under("theta/"));
        Operand<TBool> wide = wide(tf, carried, fixed);
        Operand<TBool> unchanged =
                tf.math.greater(tf.math.mul(value, fixed.get("sign", type)), Floats.scalar(tf, type, 0));
        Operand<TBool> left = tf.math.logicalAnd(wide, unchanged);
        Operand<TBool> right = tf.math.logicalAnd(wide, tf.math.logicalNot(unchanged));
        Operand<TBool> zero = tf.math.logicalAnd(right, tf.math.equal(value, Floats.scalar(tf, type, 0)));
        Operand<T> minus = tf.math.neg(one);
        Operand<T> weightOfTo = tf.select(tf.math.equal(side, minus), half, one);
        Operand<T> weightOfFrom = tf.select(tf.math.equal(side, one), half, one);
        Operand<T> newFrom = tf.select(tf.math.logicalOr(left, zero), at, from);
        return Values.of(ROUND, tf.math.add(round, tf.constant(1)))
                .with(FROM, newFrom)
                .with(TO, tf.select(right, at, to))
                .with(
                        VALUE_FROM,
                        tf.select(left, value, tf.select(right, tf.math.mul(valueFrom, weightOfFrom), valueFrom)))
                .with(VALUE_TO, tf.select(right, value, tf.select(left, tf.math.mul(valueTo, weightOfTo), valueTo)))
                .with(SIDE, tf.select(left, minus, tf.select(right, one, side)));
    }
}
