package dev.odeon.datasets.arrow;

import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.RowCopy;
import dev.odeon.datasets.arrow.columns.TensorMemory;
import dev.odeon.datasets.arrow.types.ElementType;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** Fills tensors with the numbers of a column; a tensor that cannot be filled is closed. */
final class ColumnTensors {
    private ColumnTensors() {}

    /** {@return the shape of some rows of a column} */
    static Shape shape(MappedColumn column, int rows) {
        return switch (column.layout()) {
            case SCALAR -> Shape.of(rows);
            case FIXED -> Shape.of(rows, column.width());
            case RAGGED -> Shape.of(column.elements());
            case TEXT, OTHER -> throw new IllegalStateException(column.name());
        };
    }

    /** Fills a tensor with all numbers. */
    static <T extends TType> T dense(MappedColumn column, T tensor) {
        return filled(tensor, target -> TensorMemory.fill(target, column.values()));
    }

    /** Fills a tensor with all numbers, of which some are not there. */
    static <T extends TType> MaskedTensor<T> masked(MappedColumn column, int bytes, boolean[] present, T tensor) {
        return with(dense(column, tensor), values -> {
            TensorMemory.clear(values, present, bytes);
            return new MaskedTensor<>(values, TBool.tensorOf(values.shape(), DataBuffers.of(present, true, false)));
        });
    }

    /** Fills a tensor with the numbers of lists of varying length. */
    static <T extends TType> RaggedTensor<T> ragged(MappedColumn column, int[] offsets, T tensor) {
        return with(
                dense(column, tensor),
                values -> new RaggedTensor<>(values, TInt64.tensorOf(Shape.of(offsets.length), splits -> {
                    for (int i = 0; i < offsets.length; i++) {
                        splits.setLong(offsets[i], i);
                    }
                })));
    }

    /** {@return a new tensor of some rows} */
    static TType gathered(MappedColumn column, ElementType type, int[] rows) {
        long rowBytes = RowCopy.rowBytes(column.name(), column.width(), type, rows.length);
        return filled(
                type.tensor(shape(column, rows.length)),
                target -> RowCopy.gather(target, column.values(), rowBytes, rows));
    }

    private static <T extends TType> T filled(T tensor, Consumer<T> fill) {
        return with(tensor, target -> {
            fill.accept(target);
            return target;
        });
    }

    private static <T extends TType, R> R with(T tensor, Function<T, R> use) {
        try {
            return use.apply(tensor);
        } catch (RuntimeException | Error e) {
            tensor.close();
            throw e;
        }
    }
}
