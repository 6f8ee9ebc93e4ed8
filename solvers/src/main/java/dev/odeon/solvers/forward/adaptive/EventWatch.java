package dev.odeon.solvers.forward.adaptive;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.engine.Columns;
import dev.odeon.solvers.engine.StepOutput;
import dev.odeon.solvers.events.Crossing;
import dev.odeon.solvers.events.StopEvent;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Looks for an event in every accepted step.
 *
 * <p>Where each sample has its own steps, its solve ends at its event. Where the batch shares its steps, a sample rests at
 * its event and no longer counts in the error, until the end or until all rest.
 */
record EventWatch<T extends TFloating>(StopEvent<T> event, Scope scope) {

    static final String VALUE = "event/value";
    static final String STOPPED = "event/stopped";
    static final String TIME = "event/time";

    Values initial(Ops tf, Operand<T> t0, Operand<T> u0, Values theta) {
        Operand<T> time = Columns.of(tf, u0, t0);
        return Values.of(VALUE, Crossing.value(tf, event, time, u0, theta))
                .with(STOPPED, Columns.filled(tf, u0, tf.constant(false)))
                .with(TIME, Columns.filled(tf, u0, Floats.scalar(tf, t0.type(), Double.NaN)));
    }

    /** The step with samples at rest held where they are. */
    StepOutput<T> held(Ops tf, Values carried, StepOutput<T> output) {
        Class<T> type = output.next().type();
        Operand<TBool> stopped = carried.get(STOPPED, TBool.class);
        Operand<T> error = output.error();
        Operand<T> active =
                error == null ? null : tf.math.mul(error, scope.share(tf, tf.math.logicalNot(stopped), type));
        return new StepOutput<>(
                tf.select(stopped, carried.get(Carried.STATE, type), output.next()),
                output.memory(),
                output.counts(),
                output.failure(),
                active == null ? null : tf.select(stopped, Floats.scalar(tf, type, 0), active),
                output.dense());
    }

    /**
     * Adds the search to a round.
     *
     * @param before what was carried into the round
     * @param accepted whether the step was taken
     * @param after what the round carries on, as if there were no event
     */
    Values applied(
            Ops tf,
            Values before,
            Values theta,
            StepOutput<T> output,
            Operand<T> size,
            Operand<TBool> accepted,
            Values after) {
        List<Operand<T>> dense = output.dense();
        if (dense == null) {
            throw new IllegalStateException("Events need dense output");
        }
        Class<T> type = size.type();
        Operand<TBool> stopped = before.get(STOPPED, TBool.class);
        Operand<TBool> watching = tf.math.logicalAnd(tf.math.logicalNot(stopped), accepted);
        Operand<T> value = before.get(VALUE, type);
        Crossing<T> crossing = Crossing.search(
                tf, event, theta, dense, before.get(Carried.TIME, type), size, value, output.next(), watching);
        Operand<TBool> found = crossing.found();
        Operand<TBool> resting = tf.math.logicalOr(stopped, found);
        Values next = after.with(VALUE, tf.select(watching, crossing.end(), value))
                .with(STOPPED, resting)
                .with(TIME, tf.select(found, crossing.time(), before.get(TIME, type)))
                .with(Carried.STATE, tf.select(found, crossing.state(), after.get(Carried.STATE, type)));
        Operand<TInt32> outcome = defined(tf, crossing.undefined(), after.get(Carried.OUTCOME, TInt32.class));
        Operand<TInt32> ended = tf.math.add(tf.constant(Outcome.EVENT.code()), tf.zerosLike(outcome));
        if (scope.eachSample()) {
            return next.with(Carried.TIME, tf.select(found, crossing.time(), after.get(Carried.TIME, type)))
                    .with(Carried.OUTCOME, tf.select(found, ended, outcome));
        }
        next = next.with(Carried.OUTCOME, outcome);
        Operand<TBool> all = tf.reduceAll(resting, tf.range(tf.constant(0), tf.rank(resting), tf.constant(1)));
        return next.with(Carried.OUTCOME, tf.select(all, ended, outcome));
    }

    /** The outcome, which is NON_FINITE where g was no number. */
    private Operand<TInt32> defined(Ops tf, Operand<TBool> undefined, Operand<TInt32> outcome) {
        Operand<TBool> lost = scope.eachSample()
                ? undefined
                : tf.reduceAny(undefined, tf.range(tf.constant(0), tf.rank(undefined), tf.constant(1)));
        Operand<TInt32> code = tf.math.add(tf.constant(Outcome.NON_FINITE.code()), tf.zerosLike(outcome));
        return tf.select(lost, code, outcome);
    }
}
