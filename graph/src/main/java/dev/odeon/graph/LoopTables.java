package dev.odeon.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** LoopTables whose rows a loop fills: one dense tensor [rows, ...], because lists of tensors cannot be carried. */
public final class LoopTables {

    private LoopTables() {}

    /** A table whose rows have the shape of a tensor, filled with one number: [rows, ...]. */
    public static <T extends TFloating> Operand<T> like(Ops tf, Class<T> type, int rows, Operand<T> like, double fill) {
        Shape shape = like.shape();
        if (!shape.isUnknown() && !shape.hasUnknownDimension()) {
            return tf.fill(tf.constant(shape.prepend(rows).asArray()), Floats.scalar(tf, type, fill));
        }
        Operand<TInt32> dimensions = tf.concat(List.of(tf.constant(new int[] {rows}), tf.shape(like)), tf.constant(0));
        return tf.fill(dimensions, Floats.scalar(tf, type, fill));
    }

    /**
     * The table with one row replaced.
     *
     * <p>In place where nothing else reads the table. For the executor TensorScatterUpdate would not do: its kernel on the
     * CPU takes over no buffer and copies the whole table each time. XLA, which knows how to write in place itself, wants
     * the places of a TensorStridedSliceUpdate when it compiles.
     *
     * @param row scalar
     * @param value of the shape of a row
     */
    public static <V extends TType> Operand<V> written(
            Ops tf, Operand<V> table, Operand<TInt32> row, Operand<V> value) {
        Operand<V> replacement = tf.expandDims(value, tf.constant(0));
        if (Compilation.current() == Compilation.XLA) {
            return scattered(tf, table, tf.reshape(row, tf.constant(new int[] {1, 1})), replacement);
        }
        Operand<TInt32> one = tf.constant(new int[] {1});
        Operand<TInt32> begin = tf.reshape(row, one);
        return tf.tensorStridedSliceUpdate(table, begin, tf.math.add(begin, one), one, replacement);
    }

    /**
     * A row of a table that no round changes: [...].
     *
     * <p>For the executor a slice: it may share the table's memory, where Gather copies, and the number of the row stays on
     * the host, where loops count, so that a device need not wait for it. Of a table that rounds write, a shared row would
     * prevent writing in place; take Gather there.
     *
     * @param row scalar
     */
    public static <V extends TType> Operand<V> row(Ops tf, Operand<V> table, Operand<TInt32> row) {
        Operand<TInt32> one = tf.constant(new int[] {1});
        Operand<TInt32> begin = tf.reshape(row, one);
        if (Compilation.current() == Compilation.XLA) {
            return tf.gatherNd(table, begin);
        }
        return tf.stridedSlice(table, begin, tf.math.add(begin, one), one, StridedSlice.shrinkAxisMask(1L));
    }

    /**
     * A row of a table that rounds write, as a copy: [...].
     *
     * <p>For XLA not by Gather: where only a branch reads the row, TensorFlow moves the operation into it and leaves the
     * number of the axis outside, which XLA then takes for no constant.
     *
     * @param row scalar
     */
    public static <V extends TType> Operand<V> copied(Ops tf, Operand<V> table, Operand<TInt32> row) {
        return Compilation.current() == Compilation.XLA ? row(tf, table, row) : tf.gather(table, row, tf.constant(0));
    }

    /**
     * The table with values at places; itself if it is known to hold no number, where TensorFlow refuses places.
     *
     * @param places [values, indices of each]
     */
    public static <V extends TType> Operand<V> scattered(
            Ops tf, Operand<V> table, Operand<TInt32> places, Operand<V> values) {
        Shape shape = table.shape();
        boolean empty = !shape.isUnknown() && !shape.hasUnknownDimension() && shape.size() == 0;
        return empty ? table : tf.tensorScatterNdUpdate(table, places, values);
    }
}
