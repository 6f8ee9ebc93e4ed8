package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Kutta's 3/8 rule: order 4, 4 stages, explicit, smaller error constants than the classical method.
 *
 * <p>Stable on the negative real axis up to h lambda = -2.78. Source: Kutta, Beitrag zur naeherungsweisen Integration
 * totaler Differentialgleichungen, 1901.
 */
public final class Rk38 {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
            4,
            Butcher.explicit(
                    new double[] {1 / 8.0, 3 / 8.0, 3 / 8.0, 1 / 8.0},
                    new double[] {1 / 3.0},
                    new double[] {-1 / 3.0, 1},
                    new double[] {1, -1, 1}));

    private Rk38() {}
}
