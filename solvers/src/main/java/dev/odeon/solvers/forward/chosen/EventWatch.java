package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.events.search.EventSearch;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.stepper.StepOutput;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What an event means to a loop of chosen steps, in which {@link EventSearch} looks at the accepted ones.
 *
 * <p>Where each sample has its own steps, its solve ends at its event. Where the batch shares its steps, a sample rests at
 * its event and no longer counts in the error, until the end or until all rest.
 */
record EventWatch<T extends TFloating>(EventSearch<T> search, ControlScope scope) {

    /** The step with samples at rest held where they are, and without their part in the error. */
    StepOutput<T> held(Ops tf, Values carried, StepOutput<T> output) {
        Class<T> type = output.next().type();
        Operand<T> error = output.error();
        StepOutput<T> shared = error == null
                ? output
                : output.withError(
                        tf.math.mul(error, scope.share(tf, tf.math.logicalNot(EventSearch.resting(carried)), type)));
        return search.held(tf, carried, carried.get(Carried.STATE, type), shared);
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
        Class<T> type = size.type();
        Operand<TInt32> reached = after.get(Carried.OUTCOME, TInt32.class);
        EventSearch.Found<T> found = search.search(
                tf,
                before,
                theta,
                output,
                before.get(Carried.TIME, type),
                size,
                after.get(Carried.TIME, type),
                accepted,
                tf.math.equal(reached, tf.constant(Outcome.SUCCESS.code())));
        Values next = found.within(after).with(Carried.STATE, found.state(tf, after.get(Carried.STATE, type)));
        Operand<TInt32> outcome = defined(tf, found, reached);
        Operand<TInt32> ended = tf.math.add(tf.constant(Outcome.EVENT.code()), tf.zerosLike(outcome));
        if (scope.eachSample()) {
            Operand<TBool> here = found.crossing().found();
            return next.with(Carried.TIME, tf.select(here, found.crossing().time(), after.get(Carried.TIME, type)))
                    .with(Carried.OUTCOME, tf.select(here, ended, outcome));
        }
        return next.with(Carried.OUTCOME, tf.select(found.allRest(tf), ended, outcome));
    }

    /** The outcome before the first round: EVENT where a sample, or all that share their steps, meet it at the start. */
    Operand<TInt32> started(Ops tf, Operand<TInt32> outcome, Values initial) {
        if (!search.mayEndAtStart()) {
            return outcome;
        }
        Operand<TBool> resting = EventSearch.resting(initial);
        Operand<TBool> ends = tf.math.logicalAnd(
                scope.eachSample() ? resting : SampleColumns.all(tf, resting),
                tf.math.equal(outcome, tf.constant(Carried.RUNNING)));
        return tf.select(ends, tf.constant(Outcome.EVENT.code()), outcome);
    }

    /** The outcome, which is NON_FINITE where g was no number. */
    private Operand<TInt32> defined(Ops tf, EventSearch.Found<T> found, Operand<TInt32> outcome) {
        Operand<TBool> lost = scope.eachSample() ? found.crossing().undefined() : found.anyUndefined(tf);
        Operand<TInt32> code = tf.math.add(tf.constant(Outcome.NON_FINITE.code()), tf.zerosLike(outcome));
        return tf.select(lost, code, outcome);
    }
}
