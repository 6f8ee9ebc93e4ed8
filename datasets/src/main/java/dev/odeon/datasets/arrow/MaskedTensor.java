package dev.odeon.datasets.arrow;

import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TType;

/**
 * Numbers of which some are missing.
 *
 * <p>Owns both tensors.
 *
 * @param <T> type of the numbers
 * @param values the numbers, 0 where there is none
 * @param mask true where there is a number, of the same shape
 */
public record MaskedTensor<T extends TType>(T values, TBool mask) implements AutoCloseable {
    @Override
    public void close() {
        values.close();
        mask.close();
    }
}
