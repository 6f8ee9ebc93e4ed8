package dev.odeon.datasets.pde;

import java.util.Objects;

/**
 * How finely a simulator computes, as opposed to what it reports.
 *
 * @param points points reported per state, even and at least 4
 * @param refinement the simulator runs on {@code refinement * points} points and reports every {@code refinement}-th
 * @param step longest time step allowed; the step used is the largest one below it that divides the sample interval
 * @param dealiasing treatment of the product in the nonlinear term
 */
public record Discretisation(int points, int refinement, double step, Dealiasing dealiasing) {
    public Discretisation {
        new PeriodicGrid(points, 1);
        if (refinement < 1 || (long) refinement * points > 1 << 24) {
            throw new IllegalArgumentException("refinement = " + refinement
                    + ": give a factor of 1 or more that keeps the grid below 16777216 points");
        }
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("step = " + step + ": give a positive finite time step");
        }
        Objects.requireNonNull(dealiasing, "dealiasing");
    }

    /** {@return these settings with {@code points} reported points} */
    public Discretisation withPoints(int points) {
        return new Discretisation(points, refinement, step, dealiasing);
    }

    /** {@return these settings with another ratio of computed to reported points} */
    public Discretisation withRefinement(int refinement) {
        return new Discretisation(points, refinement, step, dealiasing);
    }

    /** {@return these settings with another longest time step} */
    public Discretisation withStep(double step) {
        return new Discretisation(points, refinement, step, dealiasing);
    }

    /** {@return these settings with another treatment of the product} */
    public Discretisation withDealiasing(Dealiasing dealiasing) {
        return new Discretisation(points, refinement, step, dealiasing);
    }
}
