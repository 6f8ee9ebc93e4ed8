package dev.odeon.models.grand;

import java.util.Arrays;

/**
 * One row of features for each node, in compressed rows: zeros are left out.
 *
 * @param offsets rows + 1 ascending numbers from zero; row i is [offsets[i], offsets[i + 1])
 * @param indices column of each stored value; not copied
 * @param values the stored values; not copied
 * @param columns number of features of a node
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data, handed on to tensors as it is.
public record NodeFeatures(int[] offsets, int[] indices, float[] values, int columns) {

    public NodeFeatures {
        if (offsets.length < 2 || offsets[0] != 0 || offsets[offsets.length - 1] != values.length) {
            throw new IllegalArgumentException("The " + offsets.length + " offsets do not lead from 0 to the "
                    + values.length + " values: give one more offset than there are nodes");
        }
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] < offsets[i - 1]) {
                throw new IllegalArgumentException("Offset " + i + " is " + offsets[i] + " after " + offsets[i - 1]
                        + ": give offsets that do not fall");
            }
        }
        if (indices.length != values.length) {
            throw new IllegalArgumentException(indices.length + " columns were given for " + values.length
                    + " values: give one column for each value");
        }
        for (int index : indices) {
            if (index < 0 || index >= columns) {
                throw new IllegalArgumentException(
                        "A value is in column " + index + ": give columns from 0 to " + (columns - 1));
            }
        }
    }

    /** The features of a dense matrix [rows, columns], row by row. */
    public static NodeFeatures ofDense(float[] matrix, int rows, int columns) {
        if (matrix.length != (long) rows * columns) {
            throw new IllegalArgumentException(matrix.length + " numbers do not fill a matrix of " + rows + " by "
                    + columns + ": give " + (long) rows * columns);
        }
        int[] offsets = new int[rows + 1];
        int[] indices = new int[matrix.length];
        float[] values = new float[matrix.length];
        int stored = 0;
        for (int i = 0; i < matrix.length; i++) {
            if (matrix[i] != 0) {
                indices[stored] = i % columns;
                values[stored++] = matrix[i];
            }
            offsets[i / columns + 1] = stored;
        }
        return new NodeFeatures(offsets, Arrays.copyOf(indices, stored), Arrays.copyOf(values, stored), columns);
    }

    /** How many nodes there are. */
    public int rows() {
        return offsets.length - 1;
    }

    /** The share of elements that are stored. */
    public double density() {
        return values.length / ((double) rows() * columns);
    }

    /** The same with a one for every positive value. */
    NodeFeatures binary() {
        float[] ones = values.clone();
        for (int i = 0; i < ones.length; i++) {
            ones[i] = ones[i] > 0 ? 1 : ones[i];
        }
        return new NodeFeatures(offsets, indices, ones, columns);
    }

    /** The row of each stored value. */
    int[] rowOfEach() {
        int[] row = new int[values.length];
        for (int i = 0; i < rows(); i++) {
            Arrays.fill(row, offsets[i], offsets[i + 1], i);
        }
        return row;
    }
}
