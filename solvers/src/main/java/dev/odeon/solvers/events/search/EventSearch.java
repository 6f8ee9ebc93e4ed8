package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.stepper.StepOutput;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * The search for an event step by step: what goes from one step to the next, and what one step changes of it.
 *
 * <p>A sample rests at its event. Each loop decides what that means for its state, its time and its outcome.
 */
public record EventSearch<T extends TFloating>(StopEvent<T> event) {

    /** g at the start of the step: a column. */
    private static final String VALUE = "event/value";
    /** Its last sign, zero if g was zero since the start: a column. */
    private static final String SIGN = "event/sign";
    /** Which samples rest: a column. */
    public static final String STOPPED = "event/stopped";
    /** When they met their event, NaN for the others: a column. */
    public static final String TIME = "event/time";

    public EventSearch {
        Objects.requireNonNull(event, "event");
    }

    /**
     * What one step showed.
     *
     * @param carried what goes to the next step
     * @param crossing in this step
     * @param resting which samples rest after it: a column
     */
    public record Found<T extends TFloating>(Values carried, Crossing<T> crossing, Operand<TBool> resting) {

        /** Carried values with those of the search in the place of the last ones. */
        public Values within(Values others) {
            Values all = others;
            for (String name : carried.names()) {
                all = all.with(name, carried.get(name));
            }
            return all;
        }

        /** The state after the step: that at the event where the step has one, else another. */
        public Operand<T> state(Ops tf, Operand<T> otherwise) {
            return tf.select(crossing.found(), crossing.state(), otherwise);
        }

        /** Adds whether all samples rest: scalar. */
        public Operand<TBool> allRest(Ops tf) {
            return SampleColumns.all(tf, resting);
        }

        /** Adds whether g was no number for any sample: scalar. */
        public Operand<TBool> anyUndefined(Ops tf) {
            return SampleColumns.any(tf, crossing.undefined());
        }
    }

    /**
     * Adds what goes into the first step.
     *
     * @param t0 scalar or column
     */
    public Values initial(Ops tf, Operand<T> t0, Operand<T> u0, Values theta) {
        Operand<T> time = SampleColumns.of(tf, u0, t0);
        Operand<T> value = Crossing.value(tf, event, time, u0, theta);
        Operand<T> never = SampleColumns.filled(tf, u0, Floats.scalar(tf, t0.type(), Double.NaN));
        Values initial = Values.of(VALUE, value).with(SIGN, tf.math.sign(value));
        Operand<TBool> atStart = atStart(tf, value);
        return atStart == null
                ? initial.with(STOPPED, SampleColumns.filled(tf, u0, tf.constant(false)))
                        .with(TIME, never)
                : initial.with(STOPPED, atStart).with(TIME, tf.select(atStart, time, never));
    }

    /** Which samples meet their event at the start: a column; null for none. */
    private @Nullable Operand<TBool> atStart(Ops tf, Operand<T> value) {
        Operand<T> zero = Floats.scalar(tf, value.type(), 0);
        return switch (event.start()) {
            case PASSED -> null;
            case ZERO -> tf.math.equal(value, zero);
            case REACHED ->
                switch (event.direction()) {
                    case RISING -> tf.math.greaterEqual(value, zero);
                    case FALLING -> tf.math.lessEqual(value, zero);
                    case EITHER -> tf.math.equal(value, zero);
                };
        };
    }

    /** Whether a solve may end before its first step. */
    public boolean mayEndAtStart() {
        return event.start() != StopEvent.AtStart.PASSED;
    }

    /** The step with samples at rest held where they are, without error. */
    public StepOutput<T> held(Ops tf, Values carried, Operand<T> state, StepOutput<T> output) {
        Operand<TBool> resting = resting(carried);
        Operand<T> error = output.error();
        return output.withNext(tf.select(resting, state, output.next()))
                .withError(error == null ? null : tf.select(resting, Floats.scalar(tf, error.type(), 0), error));
    }

    /**
     * Adds the search in one step.
     *
     * @param output the step with its dense output, samples at rest held
     * @param time of its start: scalar or column
     * @param size signed: scalar or column
     * @param stop its end, as the loop knows it: scalar or column
     * @param accepted whether the step is taken: scalar or column; null where every step is
     * @param last whether the interval ends with this step: scalar or column
     */
    public Found<T> search(
            Ops tf,
            Values carried,
            Values theta,
            StepOutput<T> output,
            Operand<T> time,
            Operand<T> size,
            Operand<T> stop,
            @Nullable Operand<TBool> accepted,
            Operand<TBool> last) {
        Class<T> type = output.next().type();
        Operand<TBool> stopped = resting(carried);
        Operand<T> before = carried.get(VALUE, type);
        Operand<TBool> moving = tf.math.logicalNot(stopped);
        Operand<TBool> watching = accepted == null ? moving : tf.math.logicalAnd(moving, accepted);
        Operand<T> sign = carried.get(SIGN, type);
        Crossing<T> crossing = Crossing.search(
                tf, event, theta, output.requireDense(), time, size, stop, before, sign, output.next(), watching, last);
        Operand<TBool> resting = tf.math.logicalOr(stopped, crossing.found());
        // A step that is tried again starts from the same value.
        Operand<T> value = accepted == null ? crossing.end() : tf.select(watching, crossing.end(), before);
        Values next = Values.of(VALUE, value)
                .with(SIGN, tf.select(watching, crossing.sign(), sign))
                .with(STOPPED, resting)
                .with(TIME, tf.select(crossing.found(), crossing.time(), carried.get(TIME, type)));
        return new Found<>(next, crossing, resting);
    }

    /** Which samples rest, among what is carried: a column. */
    public static Operand<TBool> resting(Values carried) {
        return carried.get(STOPPED, TBool.class);
    }

    /** Which samples stopped, among what a loop carried last: [batch]. */
    public static Operand<TBool> stopped(Ops tf, Values carried) {
        return SampleColumns.flat(tf, resting(carried));
    }

    /** When they stopped, NaN for the others: [batch]. */
    public static <T extends TFloating> Operand<T> times(Ops tf, Class<T> type, Values carried) {
        return SampleColumns.flat(tf, carried.get(TIME, type));
    }
}
