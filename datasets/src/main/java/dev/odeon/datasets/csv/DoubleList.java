package dev.odeon.datasets.csv;

import java.util.Arrays;

/** A list of numbers that grows. */
final class DoubleList {
    private double[] values = new double[64];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.addExact(size, size >> 1));
        }
        values[size++] = value;
    }

    boolean allMissing() {
        for (int i = 0; i < size; i++) {
            if (!Double.isNaN(values[i])) {
                return false;
            }
        }
        return true;
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
