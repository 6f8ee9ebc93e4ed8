package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Kutta's 3/8 rule: order 4, 4 stages, explicit, smaller error constants than the classical method.
 *
 * <p>Stable on the negative real axis up to h lambda = -2.78. The error estimate uses the rate at the end of the step
 * and has order 3 (Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 1993, II.4). Source: Kutta,
 * Beitrag zur naeherungsweisen Integration totaler Differentialgleichungen, 1901.
 */
public final class Rk38 {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
                    4,
                    Butcher.explicit(
                            new double[] {1 / 8.0, 3 / 8.0, 3 / 8.0, 1 / 8.0},
                            new double[] {1 / 3.0},
                            new double[] {-1 / 3.0, 1},
                            new double[] {1, -1, 1}))
            .embedded(3, 1 / 12.0, 1 / 2.0, 1 / 4.0, 0, 1 / 6.0);

    private Rk38() {}
}
