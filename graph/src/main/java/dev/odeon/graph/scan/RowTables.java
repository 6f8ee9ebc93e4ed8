package dev.odeon.graph.scan;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Tables of named values, one row for each round. */
final class RowTables {

    private RowTables() {}

    /** Tables of zeros whose rows have the types and shapes of values: [rows, ...]. */
    static Values like(Ops tf, Values values, int rows) {
        Values tables = values;
        for (String name : values.names()) {
            tables = tables.replaced(name, zeros(tf, values.get(name), rows));
        }
        return tables;
    }

    private static <V extends TType> Operand<V> zeros(Ops tf, Operand<V> like, int rows) {
        Operand<V> zero = tf.dtypes.cast(tf.constant(0), like.type());
        Shape shape = like.shape();
        if (!shape.isUnknown() && !shape.hasUnknownDimension()) {
            return tf.fill(tf.constant(shape.prepend(rows).asArray()), zero);
        }
        Operand<TInt32> dimensions = tf.concat(List.of(tf.constant(new int[] {rows}), tf.shape(like)), tf.constant(0));
        Operand<V> table = tf.fill(dimensions, zero);
        return shape.isUnknown() ? table : tf.ensureShape(table, shape.prepend(rows));
    }

    /** The tables with one row replaced, each by the value of its name. */
    static Values written(Ops tf, Values tables, Operand<TInt32> row, Values values) {
        Values written = tables;
        for (String name : tables.names()) {
            written = written.replaced(name, written(tf, tables.get(name), row, values.get(name)));
        }
        return written;
    }

    @SuppressWarnings("unchecked") // the values of a name have one type in all rounds
    private static <V extends TType> Operand<V> written(
            Ops tf, Operand<V> table, Operand<TInt32> row, Operand<?> value) {
        return LoopTables.written(tf, table, row, (Operand<V>) value);
    }

    /** One row of each table, which no round changes. */
    static Values rows(Ops tf, Values tables, Operand<TInt32> row) {
        Values rows = tables;
        for (String name : tables.names()) {
            rows = rows.replaced(name, tf.stopGradient(LoopTables.row(tf, tables.get(name), row)));
        }
        return rows;
    }
}
