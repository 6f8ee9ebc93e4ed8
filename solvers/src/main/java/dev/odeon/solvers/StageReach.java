package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Butcher;

/**
 * The times at which the stages of a step look at the field, in fractions of the step.
 *
 * <p>From 0 to 1 for most methods. Stages beyond see the field outside the interval of the solve, where it must have values:
 * to move them inside would spoil the order.
 *
 * @param earliest at most 0
 * @param latest at least 1
 */
public record StageReach(double earliest, double latest) {

    /** What rounding adds to coefficients that were computed. */
    private static final double ROUNDING = 1e-12;

    /** Within the step. */
    public static final StageReach WITHIN = new StageReach(0, 1);

    /** Of the stages of a tableau. */
    public static StageReach of(Butcher coefficients) {
        double earliest = 0;
        double latest = 1;
        for (double c : coefficients.c()) {
            earliest = c < -ROUNDING ? Math.min(earliest, c) : earliest;
            latest = c > 1 + ROUNDING ? Math.max(latest, c) : latest;
        }
        return new StageReach(earliest, latest);
    }

    /** Of these stages and others. */
    public StageReach and(StageReach other) {
        return new StageReach(Math.min(earliest, other.earliest), Math.max(latest, other.latest));
    }

    /** Whether some stage is outside the step. */
    public boolean beyond() {
        return earliest < 0 || latest > 1;
    }
}
