package dev.odeon.solvers.forward;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Evaluation;
import dev.odeon.solvers.stepper.FieldLinearisation;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The tables in which a loop over known steps records its evaluations: one for each recorded tensor, with one row for each
 * evaluation of each step, those of a step one after the other.
 *
 * @param field what is recorded
 * @param perStep evaluations of a step
 */
public record LinearisationRows<T extends TFloating>(FieldLinearisation<T> field, int perStep) {

    /** The specifications of the tables. */
    public List<TensorSpec> tables(int steps) {
        List<TensorSpec> tables = new ArrayList<>();
        for (TensorSpec spec : field.recorded()) {
            tables.add(new TensorSpec(
                    name(spec), spec.type(), spec.shape().prepend((long) steps * perStep), spec.differentiable()));
        }
        return tables;
    }

    /** Empty tables. */
    Values empty(Ops tf, int steps) {
        Values tables = Values.empty();
        for (TensorSpec table : tables(steps)) {
            tables = tables.withConstant(
                    table.name(), tf.fill(tf.constant(table.shape().asArray()), zero(tf, table.type())));
        }
        return tables;
    }

    private static <V extends TType> Operand<V> zero(Ops tf, Class<V> type) {
        return tf.dtypes.cast(tf.constant(0), type);
    }

    /** Carried tables with the evaluations of a step. */
    Values written(Ops tf, Operand<TInt32> step, List<Evaluation<T>> evaluations, Values theta, Values carried) {
        Values written = carried;
        for (int i = 0; i < perStep; i++) {
            Values recorded = field.recorded(evaluations.get(i), theta);
            Operand<TInt32> row = row(tf, step, i);
            for (TensorSpec spec : field.recorded()) {
                written = written.withConstant(name(spec), written(tf, written, spec, row, recorded));
            }
        }
        return written;
    }

    private static <V extends TType> Operand<V> written(
            Ops tf, Values tables, TensorSpec spec, Operand<TInt32> row, Values recorded) {
        @SuppressWarnings("unchecked") // tables have the types of what is recorded
        Class<V> type = (Class<V>) spec.type();
        return LoopTables.written(tf, tables.get(name(spec), type), row, recorded.get(spec.name(), type));
    }

    /** What was recorded of an evaluation of a step. */
    public Values of(Ops tf, Operand<TInt32> step, int evaluation, Values tables) {
        Values recorded = Values.empty();
        Operand<TInt32> row = row(tf, step, evaluation);
        for (TensorSpec spec : field.recorded()) {
            recorded = recorded.with(spec.name(), LoopTables.row(tf, tables.get(name(spec)), row));
        }
        return recorded;
    }

    private Operand<TInt32> row(Ops tf, Operand<TInt32> step, int evaluation) {
        return tf.math.add(tf.math.mul(step, tf.constant(perStep)), tf.constant(evaluation));
    }

    private static String name(TensorSpec recorded) {
        return LoopNames.STORED_LINEARISATIONS + recorded.name();
    }
}
