package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.stepper.Interpolant;
import dev.odeon.solvers.stepper.SampleColumns;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.GatherNd;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Writes the states at the times that a step passed, by its dense output. */
final class DenseOutput {

    private static final String KEPT = LoopNames.KEPT;
    private static final String NEXT = "next";

    private DenseOutput() {}

    /** The rows, and for every time of the controller the next time to keep. */
    record Written<T extends TFloating>(Operand<T> kept, Operand<TInt32> next) {}

    /**
     * Adds the writing.
     *
     * @param ownRows whether each sample has its own next row, in a column
     * @param coefficients of the powers of the fraction of the step
     * @param times to keep, followed by one that is never reached: [rows], or [rows, batch]
     * @param before the start of the step and
     * @param size its signed size
     * @param reached the end of the step where it was accepted, else its start
     */
    static <T extends TFloating> Written<T> write(
            Ops tf,
            boolean ownRows,
            int direction,
            List<Operand<T>> coefficients,
            Operand<T> times,
            Operand<T> before,
            Operand<T> size,
            Operand<T> reached,
            Operand<T> kept,
            Operand<TInt32> next) {
        Class<T> type = before.type();
        Values initial = Values.of(KEPT, kept).with(NEXT, next);
        Values fixed = Values.of("times", times)
                .with("before", before)
                .with("size", size)
                .with("reached", reached);
        for (int k = 0; k < coefficients.size(); k++) {
            fixed = fixed.with("c" + k, coefficients.get(k));
        }
        WhileLoop loop = WhileLoop.define(
                tf,
                "dense",
                initial.specs(),
                fixed.specs(),
                (inner, carried, values) -> inner.reduceAny(
                        pending(inner, direction, carried, values, type),
                        inner.range(inner.constant(0), inner.rank(carried.get(NEXT)), inner.constant(1))),
                (inner, carried, values) ->
                        round(inner, ownRows, direction, coefficients.size(), carried, values, type));
        Values result = loop.run(tf, initial, fixed).values();
        return new Written<>(result.get(KEPT, type), result.get(NEXT, TInt32.class));
    }

    private static <T extends TFloating> Operand<TBool> pending(
            Ops tf, int direction, Values carried, Values fixed, Class<T> type) {
        Operand<T> time = time(tf, fixed.get("times", type), carried.get(NEXT, TInt32.class));
        Operand<T> reached = fixed.get("reached", type);
        return direction > 0 ? tf.math.lessEqual(time, reached) : tf.math.greaterEqual(time, reached);
    }

    private static <T extends TFloating> Values round(
            Ops tf, boolean ownRows, int direction, int count, Values carried, Values fixed, Class<T> type) {
        Operand<TInt32> next = carried.get(NEXT, TInt32.class);
        Operand<TBool> pending = pending(tf, direction, carried, fixed, type);
        Operand<T> time = time(tf, fixed.get("times", type), next);
        Operand<T> fraction = tf.math.div(tf.math.sub(time, fixed.get("before", type)), fixed.get("size", type));
        Operand<T> safe = tf.select(pending, fraction, Floats.scalar(tf, type, 0));
        List<Operand<T>> coefficients = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            coefficients.add(fixed.get("c" + k, type));
        }
        Operand<T> state = Interpolant.at(tf, coefficients, safe);
        Operand<T> kept = carried.get(KEPT, type);
        Operand<TInt32> spare = tf.math.sub(tf.gather(tf.shape(kept), tf.constant(0), tf.constant(0)), tf.constant(1));
        Operand<TInt32> written = tf.select(pending, next, spare);
        Operand<TInt32> batch = SampleColumns.batchOf(tf, state);
        Operand<TInt32> row = ownRows ? SampleColumns.flat(tf, written) : tf.broadcastTo(written, batch);
        Operand<TInt32> places = places(tf, row);
        return Values.of(KEPT, LoopTables.scattered(tf, kept, places, state))
                .with(NEXT, tf.select(pending, tf.math.add(next, tf.constant(1)), next));
    }

    private static <T extends TFloating> Operand<T> time(Ops tf, Operand<T> times, Operand<TInt32> next) {
        if (times.shape().numDimensions() == 1) {
            return tf.gather(times, next, tf.constant(0));
        }
        Operand<T> flat = tf.gatherNd(times, places(tf, SampleColumns.flat(tf, next)), new GatherNd.Options[0]);
        return tf.reshape(flat, tf.shape(next));
    }

    /** The row of each sample and its own column. */
    private static Operand<TInt32> places(Ops tf, Operand<TInt32> rows) {
        Operand<TInt32> samples = tf.range(tf.constant(0), tf.size(rows), tf.constant(1));
        return tf.stack(List.of(rows, samples), Stack.axis(1L));
    }
}
