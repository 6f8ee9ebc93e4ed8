package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Kutta's third-order method: order 3, 3 stages, explicit.
 *
 * <p>Stable on the negative real axis up to h lambda = -2.51. Source: Kutta, Beitrag zur naeherungsweisen Integration
 * totaler Differentialgleichungen, 1901.
 */
public final class Kutta3 {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
            3, Butcher.explicit(new double[] {1 / 6.0, 2 / 3.0, 1 / 6.0}, new double[] {1 / 2.0}, new double[] {-1, 2}));

    private Kutta3() {}
}
