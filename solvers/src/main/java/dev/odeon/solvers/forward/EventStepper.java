package dev.odeon.solvers.forward;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.events.search.EventSearch;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Looks for an event in every step of known size: {@link EventSearch} around a stepper with dense output.
 *
 * <p>A sample rests at its event while the others go on; when all rest, the step reports EVENT and the loop ends.
 */
public final class EventStepper<T extends TFloating> extends Observer<T> {

    private final EventSearch<T> search;

    /** An observer of a stepper with dense output. */
    public EventStepper(StopEvent<T> event, Stepper<T> stepper) {
        super(stepper);
        this.search = new EventSearch<>(event);
    }

    @Override
    protected Values observed(Ops tf, Start<T> start) {
        return search.initial(tf, start.time(0), start.state(0), start.theta());
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        StepOutput<T> held = search.held(tf, input.memory(), input.state(), output);
        EventSearch.Found<T> found = search.search(
                tf,
                input.memory(),
                input.theta(),
                held,
                input.time(),
                input.size().times(tf, 1),
                null);
        return held.withNext(found.state(tf, held.next()))
                .withMemory(found.within(output.memory()))
                .withFailure(failure(tf, held, found));
    }

    private static <T extends TFloating> Operand<TInt32> failure(
            Ops tf, StepOutput<T> held, EventSearch.Found<T> found) {
        Operand<TInt32> ofStep = Failures.ofState(tf, held.next());
        Operand<TInt32> undefined = tf.select(
                found.anyUndefined(tf), tf.constant(Outcome.NON_FINITE.code()), tf.constant(Outcome.SUCCESS.code()));
        Operand<TInt32> failure = Failures.first(
                tf, held.failure() == null ? ofStep : Failures.first(tf, held.failure(), ofStep), undefined);
        Operand<TInt32> ended = Failures.first(tf, failure, tf.constant(Outcome.EVENT.code()));
        return tf.select(found.allRest(tf), ended, failure);
    }

    /** Which samples stopped, among the results of the loop: [batch]. */
    public static Operand<TBool> stopped(Ops tf, Values results) {
        return EventSearch.stopped(tf, results.under(LoopNames.MEMORY));
    }

    /** When they stopped, NaN for the others: [batch]. */
    public static <T extends TFloating> Operand<T> times(Ops tf, Class<T> type, Values results) {
        return EventSearch.times(tf, type, results.under(LoopNames.MEMORY));
    }
}
