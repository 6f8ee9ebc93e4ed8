package dev.odeon.datasets.arrow;

import java.nio.ByteBuffer;

/**
 * Which of some values are there: one bit each, from the lowest of the first byte on; no bytes if all are.
 *
 * @param bits the bits, or nothing
 * @param first number of the first bit that counts
 * @param count how many values
 */
record Validity(ByteBuffer bits, long first, long count) {
    static Validity all(long count) {
        return new Validity(ByteBuffer.allocate(0), 0, count);
    }

    boolean present(long i) {
        long bit = first + i;
        return bits.capacity() == 0 || (bits.get((int) (bit >> 3)) >> (bit & 7) & 1) != 0;
    }

    long absent() {
        long absent = 0;
        for (long i = 0; bits.capacity() > 0 && i < count; i++) {
            absent += present(i) ? 0 : 1;
        }
        return absent;
    }
}
