package dev.odeon.datasets.graphs;

import java.util.Arrays;
import java.util.Objects;

/**
 * Features of which only the numbers other than zero are stored, in compressed rows (CSR).
 *
 * <p>A column that occurs twice in a row counts with the sum of its values.
 *
 * @param offsets rows + 1 ascending numbers, from 0 to the number of stored values; row i is [offsets[i], offsets[i + 1])
 * @param indices column of each stored value
 * @param values the stored values, all finite
 * @param columns number of features per row
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record SparseFeatures(int[] offsets, int[] indices, float[] values, int columns) implements Features {
    public SparseFeatures {
        FeatureChecks.requireShape(offsets.length - 1, columns);
        if (indices.length != values.length) {
            throw new IllegalArgumentException("indices has " + indices.length + " entries: give one for each of the "
                    + values.length + " values");
        }
        Offsets.require("offsets", offsets, values.length);
        for (int index : indices) {
            if (index < 0 || index >= columns) {
                throw new IllegalArgumentException(
                        "feature index " + index + ": give indices below columns = " + columns);
            }
        }
        FeatureChecks.requireFinite(values);
    }

    /**
     * One feature per node, different for each.
     *
     * @param nodes number of nodes, 1 or more
     * @return the identity matrix
     */
    public static SparseFeatures identity(int nodes) {
        int[] offsets = new int[nodes + 1];
        int[] indices = new int[nodes];
        float[] values = new float[nodes];
        Arrays.setAll(offsets, i -> i);
        Arrays.setAll(indices, i -> i);
        Arrays.fill(values, 1);
        return new SparseFeatures(offsets, indices, values, nodes);
    }

    @Override
    public int rows() {
        return offsets.length - 1;
    }

    @Override
    public void copyRow(int row, float[] target) {
        Objects.checkIndex(row, rows());
        Arrays.fill(target, 0, columns, 0);
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            target[indices[i]] += values[i];
        }
    }

    @Override
    public SparseFeatures select(int[] rows) {
        int[] selectedOffsets = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            int length = offsets[rows[i] + 1] - offsets[rows[i]];
            selectedOffsets[i + 1] = Math.addExact(selectedOffsets[i], length);
        }
        int[] selectedIndices = new int[selectedOffsets[rows.length]];
        float[] selectedValues = new float[selectedIndices.length];
        for (int i = 0; i < rows.length; i++) {
            int from = offsets[rows[i]];
            int length = offsets[rows[i] + 1] - from;
            System.arraycopy(indices, from, selectedIndices, selectedOffsets[i], length);
            System.arraycopy(values, from, selectedValues, selectedOffsets[i], length);
        }
        return new SparseFeatures(selectedOffsets, selectedIndices, selectedValues, columns);
    }

    @Override
    public SparseFeatures sparse() {
        return this;
    }

    /** {@return the share of numbers that are stored, from 0 to 1 where no column occurs twice in a row} */
    public double density() {
        return values.length / ((double) rows() * columns);
    }

    /** {@return the same with a one for every positive value: which words occur, not how often} */
    public SparseFeatures binary() {
        float[] ones = values.clone();
        for (int i = 0; i < ones.length; i++) {
            ones[i] = ones[i] > 0 ? 1 : ones[i];
        }
        return new SparseFeatures(offsets, indices, ones, columns);
    }

    /** {@return the row of each stored value} */
    public int[] rowOfEach() {
        int[] row = new int[values.length];
        for (int i = 0; i < rows(); i++) {
            Arrays.fill(row, offsets[i], offsets[i + 1], i);
        }
        return row;
    }
}
