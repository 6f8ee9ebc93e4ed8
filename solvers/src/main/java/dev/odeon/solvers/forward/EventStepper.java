package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.engine.Columns;
import dev.odeon.solvers.engine.Start;
import dev.odeon.solvers.engine.StepInput;
import dev.odeon.solvers.engine.StepOutput;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.events.Crossing;
import dev.odeon.solvers.events.StopEvent;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Looks for an event in every step of fixed size.
 *
 * <p>A sample rests at its event while the others go on; when all rest, the step reports EVENT and the loop ends.
 */
public final class EventStepper<T extends TFloating> extends Observer<T> {

    private static final String VALUE = "event value";
    private static final String STOPPED = "event stopped";
    private static final String TIME = "event time";

    private final StopEvent<T> event;

    /** An observer of an engine with dense output. */
    public EventStepper(StopEvent<T> event, Stepper<T> engine) {
        super(engine);
        this.event = event;
    }

    @Override
    protected Values observed(Ops tf, Start<T> start) {
        Operand<T> state = start.state(0);
        Operand<T> time = Columns.of(tf, state, start.time(0));
        return Values.of(VALUE, Crossing.value(tf, event, time, state, start.theta()))
                .with(STOPPED, Columns.filled(tf, state, tf.constant(false)))
                .with(TIME, Columns.filled(tf, state, Floats.scalar(tf, time.type(), Double.NaN)));
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        List<Operand<T>> dense = output.dense();
        if (dense == null) {
            throw new IllegalStateException("Events need dense output");
        }
        Class<T> type = input.state().type();
        Operand<TBool> stopped = input.memory().get(STOPPED, TBool.class);
        Operand<T> next = tf.select(stopped, input.state(), output.next());
        Operand<TBool> watching = tf.math.logicalNot(stopped);
        Crossing<T> crossing = Crossing.search(
                tf,
                event,
                input.theta(),
                dense,
                input.time(),
                input.size().times(tf, 1),
                input.memory().get(VALUE, type),
                next,
                watching);
        Operand<TBool> after = tf.math.logicalOr(stopped, crossing.found());
        Values memory = output.memory()
                .with(VALUE, crossing.end())
                .with(STOPPED, after)
                .with(
                        TIME,
                        tf.select(
                                crossing.found(),
                                crossing.time(),
                                input.memory().get(TIME, type)));
        Operand<TInt32> failure = output.failure() == null
                ? Failures.ofState(tf, next)
                : Failures.first(tf, output.failure(), Failures.ofState(tf, next));
        Operand<TBool> undefined =
                tf.reduceAny(crossing.undefined(), tf.range(tf.constant(0), tf.rank(after), tf.constant(1)));
        failure = Failures.first(
                tf,
                failure,
                tf.select(undefined, tf.constant(Outcome.NON_FINITE.code()), tf.constant(Outcome.SUCCESS.code())));
        Operand<TBool> all = tf.reduceAll(after, tf.range(tf.constant(0), tf.rank(after), tf.constant(1)));
        return new StepOutput<>(
                tf.select(crossing.found(), crossing.state(), next),
                memory,
                output.counts(),
                tf.select(all, Failures.first(tf, failure, tf.constant(Outcome.EVENT.code())), failure),
                output.error(),
                dense);
    }

    /** Which samples stopped, among the results of the loop: [batch]. */
    public static Operand<TBool> stopped(Ops tf, Values results) {
        return Columns.flat(tf, results.get(LoopNames.MEMORY + STOPPED, TBool.class));
    }

    /** When they stopped, NaN for the others: [batch]. */
    public static <T extends TFloating> Operand<T> times(Ops tf, Class<T> type, Values results) {
        return Columns.flat(tf, results.get(LoopNames.MEMORY + TIME, type));
    }
}
