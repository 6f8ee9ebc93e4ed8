package dev.odeon.datasets.arrow;

import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Lists of numbers of varying length, as TensorFlow's ragged operations take them.
 *
 * <p>Row i is {@code values[rowSplits[i]]} to {@code values[rowSplits[i + 1] - 1]}. Owns both tensors.
 *
 * @param <T> type of the numbers
 * @param values the numbers of all rows, one after another: [numbers]
 * @param rowSplits where the rows begin and end, ascending from 0: [rows + 1]
 */
public record RaggedTensor<T extends TType>(T values, TInt64 rowSplits) implements AutoCloseable {
    @Override
    public void close() {
        values.close();
        rowSplits.close();
    }
}
