package dev.odeon.datasets.pickle;

import dev.odeon.datasets.pickle.PickleMachine.Refusal;

/**
 * The bytes that a pickle may still have made or copied.
 *
 * <p>A few bytes that copy a text which was remembered would otherwise make any number of arrays of it. What an honest
 * pickle makes is in proportion to its length.
 */
final class Budget {
    /** What an instruction makes by itself, at most and about: a dictionary, an entry, a place on the stack. */
    static final int PER_INSTRUCTION = 64;

    private static final long FOR_ALL = 1L << 24;
    private static final long MOST = 1L << 31;

    private final long total;
    private long left;

    Budget(int fileBytes) {
        total = Math.min(MOST, FOR_ALL + (long) PER_INSTRUCTION * fileBytes);
        left = total;
    }

    /** Takes bytes away; refuses the pickle if there are no more. */
    void charge(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new Refusal("more than " + total + " bytes to be made of it");
        }
    }
}
