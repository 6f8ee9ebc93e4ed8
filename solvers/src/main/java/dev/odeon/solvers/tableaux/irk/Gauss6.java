package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * The Gauss-Legendre method of order 6: 3 stages solved together, A-stable, symplectic.
 *
 * <p>No error estimate: one from the rates at the stages and both ends vanishes on linear problems, one of lower
 * order wastes the order, and chosen steps lose symplecticity, for which the method is taken. Source: Butcher,
 * Implicit Runge-Kutta processes, 1964.
 */
public final class Gauss6 {
    private static final double R = Math.sqrt(15);

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
            6,
            Butcher.of(
                    new double[][] {
                        {5 / 36.0, 2 / 9.0 - R / 15, 5 / 36.0 - R / 30},
                        {5 / 36.0 + R / 24, 2 / 9.0, 5 / 36.0 - R / 24},
                        {5 / 36.0 + R / 30, 2 / 9.0 + R / 15, 5 / 36.0}
                    },
                    5 / 18.0,
                    4 / 9.0,
                    5 / 18.0));

    private Gauss6() {}
}
