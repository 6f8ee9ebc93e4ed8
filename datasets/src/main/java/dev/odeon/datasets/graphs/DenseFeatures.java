package dev.odeon.datasets.graphs;

import java.util.Arrays;

/**
 * Features stored number by number.
 *
 * @param values the numbers, row by row; not copied, all finite
 * @param rows number of rows
 * @param columns numbers per row
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record DenseFeatures(float[] values, int rows, int columns) implements Features {
    public DenseFeatures {
        FeatureChecks.requireShape(rows, columns);
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    "values has " + values.length + " numbers: give rows * columns = " + (long) rows * columns);
        }
        FeatureChecks.requireFinite(values);
    }

    @Override
    public void copyRow(int row, float[] target) {
        System.arraycopy(values, row * columns, target, 0, columns);
    }

    @Override
    public DenseFeatures select(int[] rows) {
        float[] selected = new float[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * columns, selected, i * columns, columns);
        }
        return new DenseFeatures(selected, rows.length, columns);
    }

    @Override
    public SparseFeatures sparse() {
        int[] offsets = new int[rows + 1];
        int[] indices = new int[values.length];
        float[] kept = new float[values.length];
        int stored = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                indices[stored] = i % columns;
                kept[stored++] = values[i];
            }
            offsets[i / columns + 1] = stored;
        }
        return new SparseFeatures(offsets, Arrays.copyOf(indices, stored), Arrays.copyOf(kept, stored), columns);
    }
}
