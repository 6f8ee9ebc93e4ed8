package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.DenseRows;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.RowWriting;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * One row for each accepted step: its end, or its dense output.
 *
 * <p>The row after the last is written by what must not be kept.
 *
 * @param coefficients of the dense output; zero where only the ends are kept
 */
record StepRows<T extends TFloating>(SaveAt saveAt, ControlScope scope, Class<T> type, int coefficients) {

    private static final String TIME = LoopNames.ROWS + "time";
    private static final String SIZE = LoopNames.ROWS + "size";
    private static final String ENDS = LoopNames.ROWS + "ends";

    private boolean dense() {
        return coefficients > 0;
    }

    private RowWriting writing() {
        return scope.eachSample() ? RowWriting.EACH_SAMPLE : RowWriting.TOGETHER;
    }

    private DenseRows<T> polynomials() {
        return new DenseRows<>(type, coefficients, writing());
    }

    /** Empty rows; the first holds the start where ends are kept. */
    Values initial(Ops tf, Operand<T> t0, Operand<T> u0) {
        int rows = saveAt.rows() + 1;
        Operand<T> time = scope.shown(tf, t0);
        if (!dense()) {
            Operand<T> times = LoopTables.like(tf, type, rows - 1, time, Double.NaN);
            Operand<T> states = LoopTables.like(tf, type, rows - 1, u0, Double.NaN);
            return Values.of(TIME, begun(tf, time, times)).with(ENDS, begun(tf, u0, states));
        }
        // Rows beyond the last step start never, so that a search for a time does not find them; the first begins in
        // any case.
        double never = saveAt.direction() * Double.POSITIVE_INFINITY;
        return Values.of(TIME, begun(tf, time, LoopTables.like(tf, type, rows - 1, time, never)))
                .with(SIZE, begun(tf, tf.onesLike(time), LoopTables.like(tf, type, rows - 1, time, Double.NaN)))
                .and(polynomials().initial(tf, rows, List.of(), u0));
    }

    private Operand<T> begun(Ops tf, Operand<T> first, Operand<T> others) {
        Operand<TInt32> axis = tf.constant(0);
        return tf.concat(List.of(tf.expandDims(first, axis), others), axis);
    }

    /** The names of the tables whose rows depend on the state. */
    List<String> names() {
        return dense() ? polynomials().names() : List.of(ENDS);
    }

    /** The first row to write. */
    int first() {
        return dense() ? 0 : 1;
    }

    /**
     * The carried values with the row of an accepted step.
     *
     * @param after what the round carries on, the state and the time at an event included
     */
    Values written(
            Ops tf, Values before, StepOutput<T> output, Operand<T> size, Operand<TBool> accepted, Values after) {
        Operand<TInt32> next = before.get(Carried.NEXT, TInt32.class);
        Operand<TInt32> row = tf.select(accepted, next, tf.constant(saveAt.rows()));
        Values written = after;
        if (dense()) {
            // The spare row must not look like a step either: nothing reads it.
            written = written.with(
                            TIME, writing().number(tf, before.get(TIME, type), row, before.get(Carried.TIME, type)))
                    .with(SIZE, writing().number(tf, before.get(SIZE, type), row, size));
            written = polynomials().written(tf, before, row, output, written);
        } else {
            written = written.with(
                            TIME, writing().number(tf, before.get(TIME, type), row, after.get(Carried.TIME, type)))
                    .with(ENDS, writing().state(tf, before.get(ENDS, type), row, after.get(Carried.STATE, type)));
        }
        Operand<TInt32> filled = Carried.counted(tf, before, Carried.NEXT, accepted);
        Operand<TInt32> outcome = after.get(Carried.OUTCOME, TInt32.class);
        Operand<TBool> full = tf.math.logicalAnd(
                tf.math.equal(outcome, tf.constant(Carried.RUNNING)),
                tf.math.greaterEqual(filled, tf.constant(saveAt.rows())));
        Operand<TInt32> code = tf.math.add(tf.constant(Outcome.MAX_ROWS.code()), tf.zerosLike(outcome));
        return written.with(Carried.NEXT, filled).with(Carried.OUTCOME, tf.select(full, code, outcome));
    }

    /** The times of the rows among the results: [rows], or [rows, batch]. */
    Operand<T> times(Ops tf, Values results) {
        return used(tf, results.get(TIME, type));
    }

    /** The sizes of the steps, likewise. */
    Operand<T> sizes(Ops tf, Values results) {
        return used(tf, results.get(SIZE, type));
    }

    /** The kept ends: [rows, batch, ...]. */
    Operand<T> states(Ops tf, Values results) {
        return used(tf, results.get(ENDS, type));
    }

    /** The kept dense output, one table for each coefficient. */
    List<Operand<T>> tables(Ops tf, Values results) {
        return polynomials().tables(results).stream()
                .map(table -> used(tf, table))
                .toList();
    }

    private Operand<T> used(Ops tf, Operand<T> table) {
        return tf.gather(table, tf.range(tf.constant(0), tf.constant(saveAt.rows()), tf.constant(1)), tf.constant(0));
    }
}
