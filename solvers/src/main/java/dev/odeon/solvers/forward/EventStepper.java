package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.events.search.EventSearch;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
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

    private static final String STEP = "event step";

    private final EventSearch<T> search;
    private final double[] stops;

    /**
     * An observer of a stepper with dense output.
     *
     * @param stops the ends of all steps of the solve
     */
    public EventStepper(StopEvent<T> event, Stepper<T> stepper, double[] stops) {
        super(stepper);
        this.stops = stops.clone();
        this.search = new EventSearch<>(event);
    }

    @Override
    protected Values observed(Ops tf, Start<T> start) {
        return search.initial(tf, start.time(0), start.state(0), start.theta()).with(STEP, tf.constant(0));
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        StepOutput<T> held = search.held(tf, input.memory(), input.state(), output);
        Operand<TInt32> step = input.memory().get(STEP, TInt32.class);
        Class<T> type = output.next().type();
        Operand<T> all = Floats.constant(tf, type, Shape.of(stops.length), stops);
        EventSearch.Found<T> found = search.search(
                tf,
                input.memory(),
                input.theta(),
                held,
                input.time(),
                input.size().times(tf, 1),
                tf.gather(all, step, tf.constant(0)),
                null,
                tf.math.equal(step, tf.constant(stops.length - 1)));
        return held.withNext(found.state(tf, held.next()))
                .withMemory(found.within(output.memory()).with(STEP, tf.math.add(step, tf.constant(1))))
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

    /** What the loop starts from, ended already where all samples meet their event at the start. */
    public Values started(Ops tf, Values initial) {
        if (!search.mayEndAtStart()) {
            return initial;
        }
        Operand<TBool> all = SampleColumns.all(tf, EventSearch.resting(initial.under(LoopNames.MEMORY)));
        Operand<TInt32> outcome = initial.get(LoopNames.OUTCOME, TInt32.class);
        Operand<TInt32> ended = Failures.first(tf, outcome, tf.constant(Outcome.EVENT.code()));
        return initial.with(LoopNames.OUTCOME, tf.select(all, ended, outcome));
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
