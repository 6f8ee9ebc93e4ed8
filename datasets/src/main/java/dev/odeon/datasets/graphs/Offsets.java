package dev.odeon.datasets.graphs;

/** The row offsets of compressed sparse rows (CSR). */
public final class Offsets {
    private Offsets() {}

    /**
     * Requires offsets that ascend from 0 to {@code end}.
     *
     * @param name what they are called, for the message
     * @param offsets the offsets
     * @param end the number of stored values
     * @throws IllegalArgumentException if they do not
     */
    public static void require(String name, int[] offsets, int end) {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != end) {
            throw new IllegalArgumentException(
                    name + " of length " + offsets.length + ": they must begin with 0 and end with " + end);
        }
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] < offsets[i - 1]) {
                throw new IllegalArgumentException(
                        name + "[" + i + "] = " + offsets[i] + " after " + offsets[i - 1] + ": they must ascend");
            }
        }
    }
}
