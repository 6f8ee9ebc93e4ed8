package dev.odeon.datasets.graphs;

/** What all features have to satisfy. */
final class FeatureChecks {
    private static final int MOST_COLUMNS = 1 << 24;

    private FeatureChecks() {}

    static void requireShape(int rows, int columns) {
        if (rows < 0 || columns < 1 || columns > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "features of shape [" + rows + ", " + columns + "]: give 1 to " + MOST_COLUMNS + " columns");
        }
    }

    static void requireFinite(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("feature value " + i + " is " + values[i] + ": give finite numbers");
            }
        }
    }
}
