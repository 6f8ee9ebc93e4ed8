package dev.odeon.datasets.pickle;

/**
 * A SciPy matrix in compressed sparse rows out of a pickle; the offsets and indices are not checked.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param offsets where the rows begin in the other two
 * @param indices column of each stored value
 * @param values the stored values
 */
public record PickledSparseMatrix(
        int rows, int columns, PickledArray offsets, PickledArray indices, PickledArray values) {}
