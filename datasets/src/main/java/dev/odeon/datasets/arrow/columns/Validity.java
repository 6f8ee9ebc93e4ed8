package dev.odeon.datasets.arrow.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which of some values are there: one bit each, from the lowest of the first byte on; no bytes if all are.
 *
 * @param bits the bits, or nothing
 * @param count how many values
 */
public record Validity(ByteBuffer bits, long count) {
    /** {@return values that are all there} */
    public static Validity all(long count) {
        return new Validity(ByteBuffer.allocate(0), count);
    }

    /** {@return whether value i is there} */
    public boolean present(long i) {
        return bits.capacity() == 0 || (bits.get((int) (i >> 3)) >> (i & 7) & 1) != 0;
    }

    /** {@return how many are not there} */
    public long absent() {
        if (bits.capacity() == 0) {
            return 0;
        }
        // Word by word: every column of a file is counted when the file is opened.
        ByteBuffer words = bits.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long whole = count / Long.SIZE;
        long present = 0;
        for (int word = 0; word < whole; word++) {
            present += Long.bitCount(words.getLong(word * Long.BYTES));
        }
        for (long i = whole * Long.SIZE; i < count; i++) {
            present += present(i) ? 1 : 0;
        }
        return count - present;
    }
}
