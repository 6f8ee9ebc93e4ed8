package dev.odeon.models.training.runs;

/**
 * How many iterations are run at once, so that a run takes about a second: whoever interrupts it does not wait longer.
 *
 * <p>The numbers of a training do not depend on it.
 */
final class Pace {

    private static final double SECONDS = 1;
    /** The first run may compile, and no iteration takes as long as another. */
    private static final int GROWTH = 4;

    private final int most;
    private int next = 1;

    /** @param most iterations at once */
    Pace(int most) {
        this.most = most;
    }

    /**
     * How many to run now.
     *
     * @param left in the epoch, one or more
     */
    int next(int left) {
        return Math.min(next, left);
    }

    /** Takes note of how long a run took. */
    void took(int iterations, double seconds) {
        double fitting = seconds > 0 ? SECONDS * iterations / seconds : most;
        next = (int) Math.max(1, Math.min(Math.min(most, fitting), (double) GROWTH * iterations));
    }
}
