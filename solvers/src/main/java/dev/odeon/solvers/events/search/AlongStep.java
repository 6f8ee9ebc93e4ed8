package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.stepper.Interpolant;
import dev.odeon.solvers.stepper.SampleColumns;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * g along one step, as a function of the fraction of the step: all that a body of its own needs to know of it.
 *
 * @param event g
 * @param dense coefficients of the step's dense output
 * @param start of the step: a column
 * @param length of the step with its sign: a column
 * @param stop the end of the step, which the loop may know better than by the sum of these: a column
 * @param next state at the end of the step
 * @param end g there: a column
 * @param theta parameters of g
 */
record AlongStep<T extends TFloating>(
        StopEvent<T> event,
        List<Operand<T>> dense,
        Operand<T> start,
        Operand<T> length,
        Operand<T> stop,
        Operand<T> next,
        Operand<T> end,
        Values theta) {

    private static final String START = "start";
    private static final String LENGTH = "length";
    private static final String STOP = "stop";
    private static final String NEXT = "next";
    private static final String END = "end";
    private static final String THETA = "theta/";

    Class<T> type() {
        return start.type();
    }

    /** All tensors by name, to hand into a body. */
    Values values() {
        Values values = Values.of(START, start)
                .with(LENGTH, length)
                .with(STOP, stop)
                .with(NEXT, next)
                .with(END, end);
        for (int k = 0; k < dense.size(); k++) {
            values = values.with(coefficient(k), dense.get(k));
        }
        return values.and(theta.prefixed(THETA));
    }

    /** The same step inside a body that received {@link #values}. */
    AlongStep<T> inside(Values values) {
        List<Operand<T>> coefficients = new ArrayList<>();
        for (int k = 0; k < dense.size(); k++) {
            coefficients.add(values.get(coefficient(k), type()));
        }
        return new AlongStep<>(
                event,
                coefficients,
                values.get(START, type()),
                values.get(LENGTH, type()),
                values.get(STOP, type()),
                values.get(NEXT, type()),
                values.get(END, type()),
                values.under(THETA));
    }

    private static String coefficient(int k) {
        return "c" + k;
    }

    /** The time at a fraction of the step. */
    Operand<T> time(Ops tf, Operand<T> fraction) {
        return tf.select(
                tf.math.equal(fraction, Floats.scalar(tf, type(), 1)),
                stop,
                tf.math.add(start, tf.math.mul(length, fraction)));
    }

    /** g at a fraction of the step: a column. */
    Operand<T> value(Ops tf, Operand<T> fraction) {
        return Crossing.value(tf, event, time(tf, fraction), Interpolant.at(tf, dense, fraction), theta);
    }

    /** The state at a fraction of the step, at its end as the step left it: the interpolant is off by rounding there. */
    Operand<T> state(Ops tf, Operand<T> fraction) {
        return tf.select(
                tf.math.equal(fraction, Floats.scalar(tf, type(), 1)), next, Interpolant.at(tf, dense, fraction));
    }

    /**
     * g at several fractions below one, whose states are computed together.
     *
     * @param fractions scalars or columns
     */
    List<Operand<T>> values(Ops tf, List<Operand<T>> fractions) {
        int count = fractions.size();
        Operand<TInt32> first = tf.constant(0);
        List<Operand<T>> columns = new ArrayList<>();
        for (Operand<T> fraction : fractions) {
            columns.add(SampleColumns.of(tf, next, fraction));
        }
        Operand<T> at = tf.stack(columns);
        List<Operand<T>> stacked = new ArrayList<>();
        for (Operand<T> coefficient : dense) {
            stacked.add(tf.expandDims(coefficient, first));
        }
        List<Output<T>> states =
                tf.unstack(Interpolant.at(tf, stacked, at), (long) count).output();
        List<Operand<T>> values = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            Operand<T> time = tf.math.add(start, tf.math.mul(length, fractions.get(j)));
            values.add(Crossing.value(tf, event, time, states.get(j), theta));
        }
        return values;
    }

    /** A bracket of this width in fractions of the step is not narrowed any more: a column. */
    Operand<T> resolution(Ops tf) {
        Class<T> type = type();
        double epsilon = Floats.epsilon(type);
        Operand<T> time = tf.math.maximum(
                tf.math.mul(tf.math.abs(start), Floats.scalar(tf, type, epsilon)),
                Floats.scalar(tf, type, event.tolerance()));
        return tf.math.maximum(tf.math.divNoNan(time, tf.math.abs(length)), Floats.scalar(tf, type, 4 * epsilon));
    }
}
