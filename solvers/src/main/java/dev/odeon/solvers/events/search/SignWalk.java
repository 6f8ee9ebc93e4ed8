package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.events.StopEvent;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * The first crossing among values of g from left to right.
 *
 * <p>A zero is a crossing if the next value that is no zero has the other sign than the last one before. Until there is one,
 * the zero is open.
 *
 * @param found whether there is a crossing in a direction that counts: a column
 * @param from fraction of the step before the crossing, or at it where a value is zero: a column
 * @param to fraction after the crossing, or at it where a value is zero: a column
 * @param valueFrom g at the first: a column
 * @param valueTo g at the second: a column
 * @param sign the last one of g that was not zero, zero if there was none: a column
 * @param open fraction of the first zero after that, negative if there is none: a column
 */
record SignWalk<T extends TFloating>(
        Operand<TBool> found,
        Operand<T> from,
        Operand<T> to,
        Operand<T> valueFrom,
        Operand<T> valueTo,
        Operand<T> sign,
        Operand<T> open) {

    /** The fraction of a step that stands for no open zero. */
    static final double NONE_OPEN = -1;

    /**
     * Adds the walk.
     *
     * @param sign of g before the first value, zero if it was zero since the start: a column
     * @param open fraction of the first zero after that, the first value included, negative if there is none: a column
     * @param fractions of the step: columns
     * @param values of g: columns
     */
    static <T extends TFloating> SignWalk<T> along(
            Ops tf,
            StopEvent.Direction direction,
            Operand<T> sign,
            Operand<T> open,
            List<Operand<T>> fractions,
            List<Operand<T>> values) {
        Operand<T> zero = Floats.scalar(tf, sign.type(), 0);
        Operand<T> none = Floats.scalar(tf, sign.type(), NONE_OPEN);
        SignWalk<T> walk = new SignWalk<>(
                tf.math.greater(tf.zerosLike(sign), zero),
                tf.zerosLike(sign),
                tf.zerosLike(sign),
                tf.zerosLike(sign),
                tf.zerosLike(sign),
                sign,
                open);
        for (int j = 1; j < values.size(); j++) {
            Operand<T> value = values.get(j);
            Operand<T> here = tf.math.sign(value);
            Operand<TBool> isZero = tf.math.equal(value, zero);
            Operand<TBool> isOpen = tf.math.greaterEqual(walk.open(), zero);
            Operand<TBool> crosses = tf.math.logicalAnd(
                    tf.math.less(tf.math.mul(walk.sign(), here), zero), counts(tf, direction, walk.sign()));
            walk = walk.with(
                    tf,
                    crosses,
                    tf.select(isOpen, walk.open(), fractions.get(j - 1)),
                    tf.select(isOpen, walk.open(), fractions.get(j)),
                    values.get(j - 1),
                    tf.select(isOpen, zero, value),
                    tf.select(isZero, walk.sign(), here),
                    tf.select(isZero, tf.select(isOpen, walk.open(), fractions.get(j)), none));
        }
        return walk;
    }

    /** The same where the open zero counts although no other sign follows: it lasts, or nothing is known of what follows. */
    SignWalk<T> closed(Ops tf, StopEvent.Direction direction, Operand<TBool> closes) {
        Operand<T> zero = Floats.scalar(tf, sign.type(), 0);
        Operand<TBool> here = tf.math.logicalAnd(closes, tf.math.greaterEqual(open, zero));
        Operand<T> zeros = tf.zerosLike(sign);
        return with(
                tf,
                tf.math.logicalAnd(here, counts(tf, direction, sign)),
                open,
                open,
                zeros,
                zeros,
                // Where g stays at zero it has no sign until it leaves.
                tf.select(here, zeros, sign),
                open);
    }

    private SignWalk<T> with(
            Ops tf,
            Operand<TBool> crosses,
            Operand<T> before,
            Operand<T> after,
            Operand<T> valueBefore,
            Operand<T> valueAfter,
            Operand<T> signAfter,
            Operand<T> openAfter) {
        Operand<TBool> first = tf.math.logicalAnd(crosses, tf.math.logicalNot(found));
        return new SignWalk<>(
                tf.math.logicalOr(found, crosses),
                tf.select(first, before, from),
                tf.select(first, after, to),
                tf.select(first, valueBefore, valueFrom),
                tf.select(first, valueAfter, valueTo),
                signAfter,
                openAfter);
    }

    /** Whether a crossing from values of this sign counts. */
    static <T extends TFloating> Operand<TBool> counts(Ops tf, StopEvent.Direction direction, Operand<T> sign) {
        Operand<T> zero = Floats.scalar(tf, sign.type(), 0);
        return switch (direction) {
            case RISING -> tf.math.less(sign, zero);
            case FALLING -> tf.math.greater(sign, zero);
            case EITHER -> tf.math.notEqual(sign, zero);
        };
    }
}
