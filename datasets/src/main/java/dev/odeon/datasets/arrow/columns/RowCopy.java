package dev.odeon.datasets.arrow.columns;

import dev.odeon.datasets.arrow.types.ElementType;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.util.MemoryUtil;
import org.tensorflow.types.family.TType;

/** Copies chosen rows straight into a tensor; neighbouring rows go in one piece. */
public final class RowCopy {
    private RowCopy() {}

    /**
     * The size of a row, after checking that all of them together have a size at all.
     *
     * @throws IllegalArgumentException if they have not
     */
    public static long rowBytes(String column, int width, ElementType type, int rows) {
        long bytes = (long) width * type.bytes();
        try {
            Math.multiplyExact(bytes, (long) rows);
            return bytes;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "column '" + column + "': " + rows + " rows of " + width + " " + type + " are more than 2^63 bytes:"
                            + " gather fewer at a time",
                    e);
        }
    }

    /**
     * Fills a tensor.
     *
     * @param tensor receives one row after another
     * @param parts direct buffers of whole rows
     * @param rowBytes size of a row
     * @param rows which rows, all of them there
     */
    public static void gather(TType tensor, List<ByteBuffer> parts, long rowBytes, int[] rows) {
        long[] first = new long[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            first[i + 1] = first[i] + parts.get(i).capacity() / rowBytes;
        }
        try {
            long target = TensorMemory.address(tensor);
            int part = 0;
            for (int i = 0; i < rows.length; ) {
                part = find(first, rows[i], part);
                int run = 1;
                while (i + run < rows.length && rows[i + run] == rows[i] + run && rows[i] + run < first[part + 1]) {
                    run++;
                }
                long source = MemoryUtil.getByteBufferAddress(parts.get(part)) + (rows[i] - first[part]) * rowBytes;
                MemoryUtil.copyMemory(source, target, run * rowBytes);
                target += run * rowBytes;
                i += run;
            }
        } finally {
            // Bare addresses keep nothing alive.
            Reference.reachabilityFence(tensor);
            Reference.reachabilityFence(parts);
        }
    }

    /** {@return the part that holds a row; the one of the row before is tried first} */
    private static int find(long[] first, int row, int guess) {
        if (row >= first[guess] && row < first[guess + 1]) {
            return guess;
        }
        int low = 0;
        int high = first.length - 2;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (first[middle] <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
