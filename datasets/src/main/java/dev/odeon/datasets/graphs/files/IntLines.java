package dev.odeon.datasets.graphs.files;

import java.util.Arrays;

/** Whole numbers, one per line; memory is taken as they come, not as a table promises them. */
final class IntLines {
    private static final int FIRST = 1 << 12;

    private final int promised;
    private int[] values;

    IntLines(int promised) {
        this.promised = promised;
        values = new int[Math.min(promised, FIRST)];
    }

    void set(int line, int value) {
        if (line >= values.length) {
            values = Arrays.copyOf(values, (int) Math.min(promised, 2L * values.length));
        }
        values[line] = value;
    }

    /** {@return the numbers of the first lines, all of which must have come} */
    int[] first(int lines) {
        return lines == values.length ? values : Arrays.copyOf(values, lines);
    }
}
