package dev.odeon.datasets.graphs.files;

import java.util.Arrays;

/** Lines of equally many numbers; memory is taken as they come, not as a table promises them. */
final class FloatLines {
    private static final int FIRST = 1 << 12;

    private final int promised;
    private final int width;
    private float[] values;

    /** Expects {@code lines * width} numbers, which must fit an array. */
    FloatLines(int lines, int width) {
        promised = Math.multiplyExact(lines, width);
        this.width = width;
        values = new float[Math.min(promised, Math.max(FIRST, width))];
    }

    void set(int line, double[] numbers) {
        int at = line * width;
        if (at + width > values.length) {
            values = Arrays.copyOf(values, (int) Math.min(promised, 2L * values.length));
        }
        for (int i = 0; i < width; i++) {
            values[at + i] = (float) numbers[i];
        }
    }

    /** {@return all numbers, line by line} */
    float[] all() {
        return values;
    }
}
