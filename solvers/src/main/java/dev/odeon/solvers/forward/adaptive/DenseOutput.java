package dev.odeon.solvers.forward.adaptive;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.stepping.Interpolant;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Writes the states at the times that a step passed, by its dense output. */
final class DenseOutput {

    private static final String KEPT = "kept";
    private static final String NEXT = "next";

    private DenseOutput() {}

    /** The rows, and for every time of the controller the next time to keep. */
    record Written<T extends TFloating>(Operand<T> kept, Operand<TInt32> next) {}

    /**
     * Adds the writing.
     *
     * @param coefficients of the powers of the fraction of the step
     * @param times to keep, followed by one that is never reached
     * @param before the start of the step and
     * @param size its signed size
     * @param reached the end of the step where it was accepted, else its start
     */
    static <T extends TFloating> Written<T> write(
            Ops tf,
            Scope scope,
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
                (inner, carried, values) -> round(inner, scope, direction, coefficients.size(), carried, values, type));
        Values result = loop.run(tf, initial, fixed).values();
        return new Written<>(result.get(KEPT, type), result.get(NEXT, TInt32.class));
    }

    private static <T extends TFloating> Operand<TBool> pending(
            Ops tf, int direction, Values carried, Values fixed, Class<T> type) {
        Operand<T> time = tf.gather(fixed.get("times", type), carried.get(NEXT, TInt32.class), tf.constant(0));
        Operand<T> reached = fixed.get("reached", type);
        return direction > 0 ? tf.math.lessEqual(time, reached) : tf.math.greaterEqual(time, reached);
    }

    private static <T extends TFloating> Values round(
            Ops tf, Scope scope, int direction, int count, Values carried, Values fixed, Class<T> type) {
        Operand<TInt32> next = carried.get(NEXT, TInt32.class);
        Operand<TBool> pending = pending(tf, direction, carried, fixed, type);
        Operand<T> time = tf.gather(fixed.get("times", type), next, tf.constant(0));
        Operand<T> fraction = tf.math.div(tf.math.sub(time, fixed.get("before", type)), fixed.get("size", type));
        Operand<T> safe = tf.select(pending, fraction, Floats.scalar(tf, type, 0));
        List<Operand<T>> coefficients = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            coefficients.add(fixed.get("c" + k, type));
        }
        Operand<T> state = Interpolant.at(tf, coefficients, safe);
        Operand<T> kept = carried.get(KEPT, type);
        Operand<TInt32> spare = tf.math.sub(tf.gather(tf.shape(kept), tf.constant(0), tf.constant(0)), tf.constant(1));
        Operand<TInt32> row = scope.perSample(tf, state, tf.select(pending, next, spare));
        Operand<TInt32> samples =
                tf.range(tf.constant(0), tf.gather(tf.shape(state), tf.constant(0), tf.constant(0)), tf.constant(1));
        Operand<TInt32> places = tf.stack(List.of(row, samples), org.tensorflow.op.core.Stack.axis(1L));
        return Values.of(KEPT, tf.tensorScatterNdUpdate(kept, places, state))
                .with(NEXT, tf.select(pending, tf.math.add(next, tf.constant(1)), next));
    }
}
