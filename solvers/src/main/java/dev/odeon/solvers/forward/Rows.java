package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Tables;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** Tables whose rows a loop fills: one dense tensor [rows, ...], because lists of tensors cannot be carried. */
public final class Rows {

    private Rows() {}

    /** Rows of the shape of a tensor, filled with one number: [rows, ...]. */
    public static <T extends TFloating> Operand<T> like(Ops tf, Class<T> type, int rows, Operand<T> like, double fill) {
        Shape shape = like.shape();
        if (!shape.isUnknown() && !shape.hasUnknownDimension()) {
            return tf.fill(tf.constant(shape.prepend(rows).asArray()), Floats.scalar(tf, type, fill));
        }
        Operand<TInt32> dimensions =
                tf.concat(java.util.List.of(tf.constant(new int[] {rows}), tf.shape(like)), tf.constant(0));
        return tf.fill(dimensions, Floats.scalar(tf, type, fill));
    }

    /** The table with one row replaced, as {@link Tables#written}. */
    public static <V extends TType> Operand<V> written(Ops tf, Operand<V> rows, Operand<TInt32> row, Operand<V> value) {
        return Tables.written(tf, rows, row, value);
    }
}
