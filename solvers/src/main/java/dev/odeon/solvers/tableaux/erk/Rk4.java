package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * The classical Runge-Kutta method: order 4, 4 stages, explicit.
 *
 * <p>Stable on the negative real axis up to h lambda = -2.78. No error estimate: the only one of order 3 from its
 * stages and the rate at the end is zero where the rate does not depend on the state; for chosen steps take rk38 or
 * tsit5. Source: Kutta, Beitrag zur naeherungsweisen Integration totaler Differentialgleichungen, 1901.
 */
public final class Rk4 {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
            4,
            Butcher.explicit(
                    new double[] {1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0},
                    new double[] {1 / 2.0},
                    new double[] {0, 1 / 2.0},
                    new double[] {0, 0, 1}));

    private Rk4() {}
}
