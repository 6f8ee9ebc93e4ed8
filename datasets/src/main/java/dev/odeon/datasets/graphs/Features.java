package dev.odeon.datasets.graphs;

/** One row of float32 numbers for every node, stored densely or sparsely. */
public sealed interface Features permits DenseFeatures, SparseFeatures {
    /** {@return the number of rows, one per node} */
    int rows();

    /** {@return the number of features per node} */
    int columns();

    /**
     * Writes one row in full, zeros included.
     *
     * @param row index of the row
     * @param target receives {@link #columns()} numbers
     */
    void copyRow(int row, float[] target);

    /**
     * Picks rows.
     *
     * @param rows their indices, in the order wanted
     * @return new features of {@code rows.length} rows
     */
    Features select(int[] rows);

    /** {@return the same numbers, of which only those other than zero are stored} */
    SparseFeatures sparse();
}
