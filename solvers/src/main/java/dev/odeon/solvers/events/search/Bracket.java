package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.stepper.SampleColumns;
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
 * @param step g along the step
 */
record Bracket<T extends TFloating>(AlongStep<T> step) {

    private static final int ROUNDS = 120;
    private static final String ROUND = "round";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String VALUE_FROM = "value from";
    private static final String VALUE_TO = "value to";
    private static final String SIDE = "side";
    private static final String OPEN = "open";
    private static final String SIGN = "sign";
    private static final String RESOLUTION = "resolution";

    /** Adds the loop; the result is the end of the bracket where the sign has changed. */
    Operand<T> narrowed(Ops tf, SignWalk<T> walk) {
        Class<T> type = step.type();
        Values initial = Values.of(ROUND, tf.constant(0))
                .with(FROM, walk.from())
                .with(TO, walk.to())
                .with(VALUE_FROM, walk.valueFrom())
                .with(VALUE_TO, walk.valueTo())
                .with(SIDE, tf.zerosLike(walk.from()));
        // A bracket whose end is a zero already is narrow.
        Operand<TBool> open =
                tf.math.logicalAnd(walk.found(), tf.math.notEqual(walk.valueTo(), Floats.scalar(tf, type, 0)));
        Values fixed = step.values()
                .with(OPEN, open)
                .with(SIGN, tf.math.sign(walk.valueFrom()))
                .with(RESOLUTION, step.resolution(tf));
        WhileLoop loop = WhileLoop.define(
                tf,
                "event",
                initial.specs(),
                fixed.specs(),
                (inner, carried, values) -> inner.math.logicalAnd(
                        inner.math.less(carried.get(ROUND, TInt32.class), inner.constant(ROUNDS)),
                        SampleColumns.any(inner, wide(inner, carried, values))),
                this::round);
        return loop.run(tf, initial, fixed).values().get(TO, type);
    }

    private Operand<TBool> wide(Ops tf, Values carried, Values fixed) {
        Class<T> type = step.type();
        Operand<T> width = tf.math.sub(carried.get(TO, type), carried.get(FROM, type));
        return tf.math.logicalAnd(fixed.get(OPEN, TBool.class), tf.math.greater(width, fixed.get(RESOLUTION, type)));
    }

    private Values round(Ops tf, Values carried, Values fixed) {
        Class<T> type = step.type();
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
        Operand<T> value = step.inside(fixed).value(tf, at);
        Operand<TBool> wide = wide(tf, carried, fixed);
        Operand<TBool> unchanged =
                tf.math.greater(tf.math.mul(value, fixed.get(SIGN, type)), Floats.scalar(tf, type, 0));
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
