package dev.odeon.datasets.batches;

/**
 * Data of which chosen rows can be loaded.
 *
 * <p>Loading happens on a thread of its own; an implementation must not be changed meanwhile.
 *
 * @param <B> what a batch is; closing it gives its tensors back
 */
public interface BatchSource<B extends AutoCloseable> {
    /** {@return the number of rows} */
    int rows();

    /**
     * Loads a batch.
     *
     * @param rows indices of its rows, in the order wanted
     * @return the batch, which belongs to the caller
     */
    B load(int[] rows);
}
