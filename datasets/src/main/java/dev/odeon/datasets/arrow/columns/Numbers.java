package dev.odeon.datasets.arrow.columns;

import dev.odeon.datasets.arrow.types.ElementType;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.util.MemoryUtil;
import org.tensorflow.types.family.TType;

/** An array of numbers, whatever their type, as a source of bytes. */
@SuppressWarnings("ArrayRecordComponent") // Bulk data on its way into a file.
public sealed interface Numbers {
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

    record Longs(long[] values) implements Numbers {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int first, int count, ByteBuffer target) {
            target.asLongBuffer().put(values, first, count);
        }
    }

    /** The numbers of a tensor, read from its own memory. */
    record OfTensor(TType tensor, ElementType type) implements Numbers {
        @Override
        public int length() {
            return Math.toIntExact(tensor.size());
        }

        @Override
        public void copy(int first, int count, ByteBuffer target) {
            try {
                long source = TensorMemory.address(tensor) + (long) first * type.bytes();
                MemoryUtil.copyMemory(source, MemoryUtil.getByteBufferAddress(target), (long) count * type.bytes());
            } finally {
                Reference.reachabilityFence(tensor);
            }
        }
    }

    /**
     * Rows of equal width, wherever they begin in a tensor's memory.
     *
     * @param starts the number each row's place is counted from
     * @param offset numbers from there to the first one of the row
     * @param width numbers in a row
     */
    record RowsOfTensor(TType tensor, ElementType type, int[] starts, int offset, int width) implements Numbers {
        @Override
        public int length() {
            return Math.multiplyExact(starts.length, width);
        }

        @Override
        public void copy(int first, int count, ByteBuffer target) {
            long rowBytes = (long) width * type.bytes();
            try {
                long from = TensorMemory.address(tensor);
                long to = MemoryUtil.getByteBufferAddress(target);
                for (int row = first / width; row < (first + count) / width; row++) {
                    MemoryUtil.copyMemory(from + ((long) starts[row] + offset) * type.bytes(), to, rowBytes);
                    to += rowBytes;
                }
            } finally {
                Reference.reachabilityFence(tensor);
                Reference.reachabilityFence(target);
            }
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
