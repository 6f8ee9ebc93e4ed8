package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * The Gauss-Legendre method of order 4: 2 stages solved together, A-stable, symplectic.
 *
 * <p>No error estimate: one from the rates at the stages and both ends vanishes on linear problems, one of lower
 * order wastes the order, and chosen steps lose symplecticity, for which the method is taken. Source: Butcher,
 * Implicit Runge-Kutta processes, 1964.
 */
public final class Gauss4 {
    private static final double R = Math.sqrt(3);

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS =
            ImplicitTableau.of(4, Butcher.of(new double[][] {{0.25, 0.25 - R / 6}, {0.25 + R / 6, 0.25}}, 0.5, 0.5));

    private Gauss4() {}
}
