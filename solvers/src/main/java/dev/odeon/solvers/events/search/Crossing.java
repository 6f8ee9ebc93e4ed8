package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.stepper.Interpolant;
import dev.odeon.solvers.stepper.SampleColumns;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * The first zero crossing of g within one step, for every sample.
 *
 * @param found whether there is one: a column
 * @param time of the crossing where there is one: a column
 * @param state at the crossing: [batch, ...]
 * @param end g at the end of the step: a column
 * @param undefined whether g was no number where it was asked before a crossing was found: a column
 */
public record Crossing<T extends TFloating>(
        Operand<TBool> found, Operand<T> time, Operand<T> state, Operand<T> end, Operand<TBool> undefined) {

    /** g as a column. */
    public static <T extends TFloating> Operand<T> value(
            Ops tf, StopEvent<T> event, Operand<T> time, Operand<T> state, Values theta) {
        return SampleColumns.reshaped(tf, state, event.function().evaluate(tf, time, state, theta));
    }

    /**
     * Adds the search.
     *
     * @param theta parameters of g
     * @param dense coefficients of the step's dense output
     * @param time start of the step: scalar or column
     * @param size signed size of the step: scalar or column
     * @param before g at the start of the step: a column
     * @param next state at the end of the step
     * @param watching which samples to look at: scalar or column
     */
    public static <T extends TFloating> Crossing<T> search(
            Ops tf,
            StopEvent<T> event,
            Values theta,
            List<Operand<T>> dense,
            Operand<T> time,
            Operand<T> size,
            Operand<T> before,
            Operand<T> next,
            Operand<TBool> watching) {
        Class<T> type = time.type();
        Operand<T> start = SampleColumns.of(tf, next, time);
        Operand<T> length = SampleColumns.of(tf, next, size);
        Operand<T> zeros = tf.zerosLike(before);
        Operand<TBool> found = tf.math.less(tf.onesLike(before), zeros);
        Operand<T> from = zeros;
        Operand<T> to = zeros;
        Operand<T> valueFrom = before;
        Operand<T> valueTo = before;
        Operand<T> last = before;
        Operand<TBool> undefined = tf.math.logicalAnd(tf.math.isNan(before), watching);
        for (int k = 1; k <= event.probes(); k++) {
            Operand<T> fraction = Floats.scalar(tf, type, (double) k / event.probes());
            Operand<T> state = k == event.probes() ? next : Interpolant.at(tf, dense, fraction);
            Operand<T> value = value(tf, event, tf.math.add(start, tf.math.mul(length, fraction)), state, theta);
            Operand<TBool> first = tf.math.logicalAnd(
                    tf.math.logicalAnd(crosses(tf, event.direction(), last, value), watching),
                    tf.math.logicalNot(found));
            from = tf.select(first, Floats.scalar(tf, type, (double) (k - 1) / event.probes()), from);
            to = tf.select(first, fraction, to);
            valueFrom = tf.select(first, last, valueFrom);
            valueTo = tf.select(first, value, valueTo);
            found = tf.math.logicalOr(found, first);
            Operand<TBool> lost = tf.math.logicalAnd(tf.math.isNan(value), watching);
            undefined = tf.math.logicalOr(undefined, tf.math.logicalAnd(lost, tf.math.logicalNot(found)));
            last = value;
        }
        Operand<T> at =
                new Bracket<>(event, dense, start, length, theta).narrowed(tf, found, from, to, valueFrom, valueTo);
        Operand<T> end = Floats.scalar(tf, type, 1);
        // The end of the step is known better than by its interpolant.
        Operand<T> state = tf.select(tf.math.equal(at, end), next, Interpolant.at(tf, dense, at));
        return new Crossing<>(found, tf.math.add(start, tf.math.mul(length, at)), state, last, undefined);
    }

    private static <T extends TFloating> Operand<TBool> crosses(
            Ops tf, StopEvent.Direction direction, Operand<T> before, Operand<T> after) {
        Operand<T> zero = Floats.scalar(tf, before.type(), 0);
        Operand<TBool> rises = tf.math.logicalAnd(tf.math.less(before, zero), tf.math.greaterEqual(after, zero));
        Operand<TBool> falls = tf.math.logicalAnd(tf.math.greater(before, zero), tf.math.lessEqual(after, zero));
        return switch (direction) {
            case RISING -> rises;
            case FALLING -> falls;
            case EITHER -> tf.math.logicalOr(rises, falls);
        };
    }
}
