package dev.odeon.solvers.forward;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.StepOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The dense output of the steps of a loop: a table for each coefficient, a row for each step.
 *
 * @param coefficients of the polynomial of a step
 * @param writing whose rows a step fills
 */
public record DenseRows<T extends TFloating>(Class<T> type, int coefficients, RowWriting writing) {

    private static final String TABLE = LoopNames.ROWS + "table ";

    /**
     * Adds the tables: [rows, batch, ...] of NaN, but for the first rows.
     *
     * <p>Without a step taken already the first row rests at the state: where no step is taken, the solution is its start.
     *
     * @param rows how many there are, at least one
     * @param first steps that were taken already, which fill the first rows; missing coefficients are zero
     * @param like a state
     */
    public Values initial(Ops tf, int rows, List<List<Operand<T>>> first, Operand<T> like) {
        // A gradient of the first row is that of the step which fills it: a solve without a step has none.
        List<List<Operand<T>>> filled = first.isEmpty() ? List.of(List.of(tf.stopGradient(like))) : first;
        Operand<T> zeros = tf.zerosLike(like);
        Values initial = Values.empty();
        for (int k = 0; k < coefficients; k++) {
            List<Operand<T>> column = new ArrayList<>();
            for (List<Operand<T>> step : filled) {
                column.add(k < step.size() ? step.get(k) : zeros);
            }
            Operand<T> empty = LoopTables.like(tf, type, rows - filled.size(), like, Double.NaN);
            initial = initial.with(TABLE + k, tf.concat(List.of(tf.stack(column), empty), tf.constant(0)));
        }
        return initial;
    }

    /**
     * Carried values with the row of a step.
     *
     * @param before what the step received
     * @param row to fill: scalar or column, as the writing asks
     * @param after what the step hands on
     */
    public Values written(Ops tf, Values before, Operand<TInt32> row, StepOutput<T> output, Values after) {
        List<Operand<T>> polynomial = output.requireDense();
        if (polynomial.size() != coefficients) {
            throw new IllegalStateException("The stepper gave dense output of " + polynomial.size()
                    + " coefficients, and its method says " + coefficients);
        }
        Values written = after;
        for (int k = 0; k < coefficients; k++) {
            Operand<T> table = before.get(TABLE + k, type);
            written = written.with(TABLE + k, writing.state(tf, table, row, polynomial.get(k)));
        }
        return written;
    }

    /** The tables among carried values, one for each coefficient. */
    public List<Operand<T>> tables(Values carried) {
        return names().stream().map(name -> carried.get(name, type)).toList();
    }

    /** The names of the tables, one for each coefficient. */
    public List<String> names() {
        return IntStream.range(0, coefficients).mapToObj(k -> TABLE + k).toList();
    }
}
