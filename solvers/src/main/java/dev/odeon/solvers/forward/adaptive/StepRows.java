package dev.odeon.solvers.forward.adaptive;

import dev.odeon.graph.Tables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.engine.StepOutput;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
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
record StepRows<T extends TFloating>(SaveAt saveAt, Scope scope, Class<T> type, int coefficients) {

    private static final String TIME = "rows/time";
    private static final String SIZE = "rows/size";
    private static final String TABLE = "rows/table ";

    private boolean dense() {
        return coefficients > 0;
    }

    /** Empty rows; the first holds the start where ends are kept. */
    Values initial(Ops tf, Operand<T> t0, Operand<T> u0) {
        int rows = saveAt.rows() + 1;
        Operand<T> time = scope.shown(tf, t0);
        if (!dense()) {
            Operand<T> times = Tables.like(tf, type, rows - 1, time, Double.NaN);
            Operand<T> states = Tables.like(tf, type, rows - 1, u0, Double.NaN);
            Operand<TInt32> axis = tf.constant(0);
            return Values.of(TIME, tf.concat(List.of(tf.expandDims(time, axis), times), axis))
                    .with(TABLE + 0, tf.concat(List.of(tf.expandDims(u0, axis), states), axis));
        }
        // Rows beyond the last step start never, so that a search for a time does not find them.
        Values initial = Values.of(
                        TIME, Tables.like(tf, type, rows, time, saveAt.direction() * Double.POSITIVE_INFINITY))
                .with(SIZE, Tables.like(tf, type, rows, time, Double.NaN));
        for (int k = 0; k < coefficients; k++) {
            initial = initial.with(TABLE + k, Tables.like(tf, type, rows, u0, Double.NaN));
        }
        return initial;
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
            List<Operand<T>> polynomial = output.dense();
            if (polynomial == null || polynomial.size() != coefficients) {
                throw new IllegalStateException("The engine gave no dense output of " + coefficients + " coefficients");
            }
            // The spare row must not look like a step either: nothing reads it.
            written = written.with(TIME, column(tf, before.get(TIME, type), row, before.get(Carried.TIME, type)))
                    .with(SIZE, column(tf, before.get(SIZE, type), row, size));
            for (int k = 0; k < coefficients; k++) {
                written = written.with(TABLE + k, row(tf, before.get(TABLE + k, type), row, polynomial.get(k)));
            }
        } else {
            written = written.with(TIME, column(tf, before.get(TIME, type), row, after.get(Carried.TIME, type)))
                    .with(TABLE + 0, row(tf, before.get(TABLE + 0, type), row, after.get(Carried.STATE, type)));
        }
        Operand<TInt32> filled = Carried.counted(tf, before, Carried.NEXT, accepted);
        Operand<TInt32> outcome = after.get(Carried.OUTCOME, TInt32.class);
        Operand<TBool> full = tf.math.logicalAnd(
                tf.math.equal(outcome, tf.constant(Carried.RUNNING)),
                tf.math.greaterEqual(filled, tf.constant(saveAt.rows())));
        Operand<TInt32> code = tf.math.add(tf.constant(Outcome.MAX_ROWS.code()), tf.zerosLike(outcome));
        return written.with(Carried.NEXT, filled).with(Carried.OUTCOME, tf.select(full, code, outcome));
    }

    private Operand<T> column(Ops tf, Operand<T> table, Operand<TInt32> row, Operand<T> value) {
        return scope.eachSample()
                ? tf.tensorScatterNdUpdate(table, places(tf, row), tf.reshape(value, tf.constant(new int[] {-1})))
                : Tables.written(tf, table, row, value);
    }

    private Operand<T> row(Ops tf, Operand<T> table, Operand<TInt32> row, Operand<T> state) {
        return scope.eachSample()
                ? tf.tensorScatterNdUpdate(table, places(tf, row), state)
                : Tables.written(tf, table, row, state);
    }

    private static Operand<TInt32> places(Ops tf, Operand<TInt32> row) {
        Operand<TInt32> rows = tf.reshape(row, tf.constant(new int[] {-1}));
        Operand<TInt32> samples = tf.range(tf.constant(0), tf.size(rows), tf.constant(1));
        return tf.stack(List.of(rows, samples), Stack.axis(1L));
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
        return used(tf, results.get(TABLE + 0, type));
    }

    /** The kept dense output, one table for each coefficient. */
    List<Operand<T>> tables(Ops tf, Values results) {
        List<Operand<T>> tables = new ArrayList<>();
        for (int k = 0; k < coefficients; k++) {
            tables.add(used(tf, results.get(TABLE + k, type)));
        }
        return tables;
    }

    private Operand<T> used(Ops tf, Operand<T> table) {
        return tf.gather(table, tf.range(tf.constant(0), tf.constant(saveAt.rows()), tf.constant(1)), tf.constant(0));
    }
}
