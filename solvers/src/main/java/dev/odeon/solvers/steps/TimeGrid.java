package dev.odeon.solvers.steps;

/**
 * The steps of a solve.
 *
 * @param starts the time at which each step starts
 * @param sizes the different step sizes
 * @param sizeIndices for each step the index of its size
 * @param saveIndices for each step the row its end is kept in, or {@code kept} for none
 * @param kept how many step ends are kept
 */
public record TimeGrid(double[] starts, double[] sizes, int[] sizeIndices, int[] saveIndices, int kept) {

    /** The number of steps. */
    public int count() {
        return starts.length;
    }
}
