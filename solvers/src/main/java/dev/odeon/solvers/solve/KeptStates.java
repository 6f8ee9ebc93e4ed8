package dev.odeon.solvers.solve;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.dense.DenseSolution;
import dev.odeon.solvers.events.EventResult;
import dev.odeon.solvers.stepper.Origin;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What was kept of the way of a solve.
 *
 * @param states at the times that were asked for: [rows, batch, ...]
 * @param times of the states: [rows], or [rows, batch] where each sample has its own
 * @param count how many rows are filled: scalar, or [batch]
 * @param dense the state as a function of time; null unless it was asked for
 * @param event null unless there was one to look for
 */
public record KeptStates<T extends TFloating>(
        Operand<T> states,
        Operand<T> times,
        Operand<TInt32> count,
        @Nullable DenseSolution<T> dense,
        @Nullable EventResult<T> event) {

    /**
     * The same, its states NaN where a sample had met its event before, and the event with its time instead of its offset.
     *
     * @param offsets of the rows, which unlike their times tell all events apart
     */
    KeptStates<T> untilEvents(Ops tf, SaveAt saveAt, Operand<T> offsets) {
        if (event == null) {
            return this;
        }
        Operand<T> reached = switch (saveAt.intermediate()) {
            case END, DENSE -> states;
            case ALL, STOPS, STEPS -> untilEvents(tf, saveAt, states, offsets, event.times());
        };
        Operand<T> met = new Origin(saveAt.start()).absolute(tf, event.times());
        return new KeptStates<>(reached, times, count, dense, new EventResult<>(event.happened(), met, event.states()));
    }

    /** Times known before the solve. */
    static <T extends TFloating> Operand<T> known(Ops tf, Class<T> type, SaveAt saveAt) {
        double[] times = saveAt.keepsTimes() ? saveAt.times() : new double[] {saveAt.end()};
        return Floats.constant(tf, type, Shape.of(times.length), times);
    }

    /** The same as offsets. */
    static <T extends TFloating> Operand<T> offsets(Ops tf, Class<T> type, SaveAt saveAt) {
        double[] offsets = saveAt.keepsTimes() ? saveAt.offsets() : new double[] {saveAt.length()};
        return Floats.constant(tf, type, Shape.of(offsets.length), offsets);
    }

    /** States, with NaN where a sample had met its event before. */
    private static <T extends TFloating> Operand<T> untilEvents(
            Ops tf, SaveAt saveAt, Operand<T> states, Operand<T> times, Operand<T> events) {
        Class<T> type = states.type();
        Operand<T> direction = Floats.scalar(tf, type, saveAt.direction());
        Operand<TInt32> axis = tf.constant(1);
        Operand<T> ofRows = times.shape().numDimensions() == 1 ? tf.expandDims(times, axis) : times;
        Operand<TBool> beyond = tf.math.greater(
                tf.math.mul(ofRows, direction), tf.math.mul(tf.expandDims(events, tf.constant(0)), direction));
        Operand<TInt32> shape = tf.shape(beyond);
        Operand<TInt32> ones = tf.fill(
                tf.reshape(tf.math.sub(tf.rank(states), tf.constant(2)), tf.constant(new int[] {1})), tf.constant(1));
        Operand<TBool> wide = tf.reshape(beyond, tf.concat(List.of(shape, ones), tf.constant(0)));
        return Floats.nanIf(tf, wide, states);
    }
}
