package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Ralston's method: order 2, 2 stages, explicit, with the smallest bound of the error among its kind.
 *
 * <p>Stable on the negative real axis up to h lambda = -2. The error estimate is the distance to Euler's method. Source:
 * Ralston, Runge-Kutta methods with minimum error bounds, 1962.
 */
public final class Ralston {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
                    2, Butcher.explicit(new double[] {1 / 4.0, 3 / 4.0}, new double[] {2 / 3.0}))
            .embedded(1, 1, 0);

    private Ralston() {}
}
