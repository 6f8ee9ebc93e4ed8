package dev.odeon.datasets.arrow.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where lists or texts begin and end: one number more than there are rows, of 32 bits, ascending from 0 or more.
 *
 * @param bytes the numbers, little-endian; nothing if there are no rows
 */
record Offsets(ByteBuffer bytes) {
    /**
     * Reads and checks the next buffer of a batch.
     *
     * @param named the column, in words for messages
     * @param buffers the batch
     * @param rows how many lists or texts there are
     * @param wide whether the file has them in 64 bits; they are narrowed
     */
    static Offsets read(String named, BatchBuffers buffers, int rows, boolean wide) {
        ByteBuffer stored = buffers.nextBuffer();
        if (rows == 0) {
            return new Offsets(ByteBuffer.allocate(0));
        }
        int width = wide ? Long.BYTES : Integer.BYTES;
        if (rows >= stored.capacity() / width) {
            throw buffers.damaged(
                    named + " with " + stored.capacity() + " bytes", (rows + 1L) + " numbers of " + width + " bytes");
        }
        ByteBuffer offsets = (wide
                        ? narrowed(named, buffers, stored, rows + 1)
                        : stored.slice(0, (rows + 1) * Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        int previous = offsets.getInt(0);
        if (previous < 0) {
            throw buffers.damaged(named + " with a list that starts at " + previous, "0 or more");
        }
        for (int i = 1; i <= rows; i++) {
            int next = offsets.getInt(i * Integer.BYTES);
            if (next < previous) {
                throw buffers.damaged(named + " with a list of negative length", "ascending offsets");
            }
            previous = next;
        }
        return new Offsets(offsets);
    }

    private static ByteBuffer narrowed(String named, BatchBuffers buffers, ByteBuffer stored, int count) {
        ByteBuffer narrow = ByteBuffer.allocateDirect(Math.multiplyExact(count, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            long offset = stored.getLong(i * Long.BYTES);
            if (offset != (int) offset) {
                throw buffers.damaged(named + " with a list that begins or ends at " + offset, "less than 2^31");
            }
            narrow.putInt(i * Integer.BYTES, (int) offset);
        }
        return narrow;
    }

    /** {@return number i; 0 if there are no rows} */
    int at(int i) {
        return bytes.capacity() == 0 ? 0 : bytes.getInt(i * Integer.BYTES);
    }

    /** {@return the last number; 0 if there are no rows} */
    int last() {
        return bytes.capacity() == 0 ? 0 : bytes.getInt(bytes.capacity() - Integer.BYTES);
    }
}
