package dev.odeon.datasets.graphs;

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
}
