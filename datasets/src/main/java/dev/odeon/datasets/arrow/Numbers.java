package dev.odeon.datasets.arrow;

import java.nio.ByteBuffer;

/** An array of numbers, whatever their type, as a source of bytes. */
@SuppressWarnings("ArrayRecordComponent") // Bulk data on its way into a file.
sealed interface Numbers {
    /** {@return how many there are} */
    int length();

    /** Writes numbers in the byte order of {@code target}, from its start. */
    void copy(int first, int count, ByteBuffer target);

    record Doubles(double[] values) implements Numbers {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int first, int count, ByteBuffer target) {
            target.asDoubleBuffer().put(values, first, count);
        }
    }

    record Floats(float[] values) implements Numbers {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int first, int count, ByteBuffer target) {
            target.asFloatBuffer().put(values, first, count);
        }
    }

    record Ints(int[] values) implements Numbers {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int first, int count, ByteBuffer target) {
            target.asIntBuffer().put(values, first, count);
        }
    }
}
