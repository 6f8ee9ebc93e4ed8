package dev.odeon.solvers.solve;

import dev.odeon.graph.Values;
import dev.odeon.solvers.events.EventResult;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.forward.chosen.ChosenLoop;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Origin;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What a loop over chosen steps left.
 *
 * @param u0 where it started
 * @param theta parameters of the field, those of a clock included
 * @param results what it carried last
 * @param outcome a scalar, or one for each sample
 */
record ChosenResult<T extends TFloating>(
        SolveSettings<T> settings,
        ChosenLoop<T> loop,
        Operand<T> u0,
        Values theta,
        Values results,
        Operand<TInt32> outcome,
        List<List<BackwardNode>> backward)
        implements ForwardResult<T> {

    ChosenResult(
            Ops tf,
            SolveSettings<T> settings,
            ChosenLoop<T> loop,
            Operand<T> u0,
            Values theta,
            Values results,
            List<BackwardNode> backward) {
        this(
                settings,
                loop,
                u0,
                theta,
                results,
                loop.shown(tf, results.get(LoopNames.OUTCOME, TInt32.class)),
                List.of(backward));
    }

    @Override
    public Operand<T> last() {
        return results.get(LoopNames.STATE, type());
    }

    private Class<T> type() {
        return settings.problem().type();
    }

    @Override
    public Operand<TInt32> counted(Ops tf, Counter counter) {
        if (!results.contains(counter.key())) {
            return tf.constant(0);
        }
        Operand<TInt32> counted = results.get(counter.key(), TInt32.class);
        // Evaluations are the one count that each sample has for itself.
        return counter == Counter.EVALUATIONS ? loop.shown(tf, counted) : counted;
    }

    @Override
    public Operand<TInt32> accepted(Ops tf) {
        return loop.shown(tf, results.get(ChosenLoop.ACCEPTED, TInt32.class));
    }

    @Override
    public Operand<TInt32> rejected(Ops tf) {
        return loop.shown(tf, results.get(ChosenLoop.REJECTED, TInt32.class));
    }

    @Override
    public KeptStates<T> kept(Ops tf) {
        SaveAt saveAt = settings.saveAt();
        Operand<T> times = times(tf);
        Operand<TInt32> filled = loop.filled(tf, results);
        Operand<TInt32> count = switch (saveAt.intermediate()) {
            case END, DENSE -> tf.onesLike(filled);
            case ALL, STOPS -> tf.math.add(filled, tf.constant(1));
            case STEPS -> filled;
        };
        // A tensor of its own: TensorFlow fetches none under two names.
        EventResult<T> found = settings.event() == null
                ? null
                : new EventResult<>(
                        SampleColumns.flat(tf, results.get(ChosenLoop.STOPPED, TBool.class)),
                        SampleColumns.flat(tf, results.get(ChosenLoop.EVENT_TIME, type())),
                        tf.identity(last()));
        Operand<T> states = states(tf);
        return new KeptStates<>(
                        states,
                        times,
                        count,
                        saveAt.intermediate() == SaveAt.Kept.DENSE ? loop.dense(tf, results) : null,
                        found)
                .untilEvents(tf, saveAt, found == null ? times : offsets(tf));
    }

    private Operand<T> offsets(Ops tf) {
        return settings.saveAt().intermediate() == SaveAt.Kept.STEPS
                ? loop.rowOffsets(tf, results)
                : KeptStates.offsets(tf, type(), settings.saveAt());
    }

    private Operand<T> times(Ops tf) {
        if (settings.saveAt().intermediate() == SaveAt.Kept.STEPS) {
            return new Origin(settings.saveAt().start()).absolute(tf, loop.rowOffsets(tf, results));
        }
        SampleClock<T> clock = settings.clock();
        return clock == null ? KeptStates.known(tf, type(), settings.saveAt()) : clock.keptTimes(tf);
    }

    private Operand<T> states(Ops tf) {
        SaveAt saveAt = settings.saveAt();
        if (saveAt.intermediate() == SaveAt.Kept.STEPS) {
            return loop.rowStates(tf, results);
        }
        if (!saveAt.keepsTimes()) {
            return tf.expandDims(last(), tf.constant(0));
        }
        Operand<TInt32> used = tf.range(tf.constant(0), tf.constant(saveAt.count() - 1), tf.constant(1));
        Operand<T> rows = tf.gather(results.get(LoopNames.KEPT, type()), used, tf.constant(0));
        SampleClock<T> clock = settings.clock();
        Operand<T> moved = clock == null ? rows : clock.movedByTimes(tf, settings.problem(), u0, theta, rows);
        return tf.concat(List.of(tf.expandDims(u0, tf.constant(0)), moved), tf.constant(0));
    }
}
