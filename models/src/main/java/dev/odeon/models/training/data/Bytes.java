package dev.odeon.models.training.data;

import dev.odeon.graph.TensorSpec;
import java.util.Map;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** How much memory rows take. */
final class Bytes {

    private static final Map<Class<? extends TType>, Integer> SIZES = Map.of(
            TFloat32.class, 4, TFloat64.class, 8, TInt32.class, 4, TInt64.class, 8, TBool.class, 1, TUint8.class, 1);

    private Bytes() {}

    /** Of all rows. */
    static long of(BatchSource source) {
        return Math.multiplyExact(ofRow(source), (long) source.rows());
    }

    /** Of one row. */
    static long ofRow(BatchSource source) {
        long bytes = 0;
        for (TensorSpec column : source.columns()) {
            Integer size = SIZES.get(column.type());
            if (size == null) {
                throw new IllegalArgumentException("The column '" + column.name() + "' is of "
                        + column.type().getSimpleName() + ": give one of " + names());
            }
            if (column.shape().hasUnknownDimension()) {
                throw new IllegalArgumentException("The rows of the column '" + column.name() + "' have the shape "
                        + column.shape() + ": give columns whose rows have known shapes");
            }
            bytes += size * column.shape().size();
        }
        return bytes;
    }

    private static String names() {
        return SIZES.keySet().stream()
                .map(Class::getSimpleName)
                .sorted()
                .toList()
                .toString();
    }
}
