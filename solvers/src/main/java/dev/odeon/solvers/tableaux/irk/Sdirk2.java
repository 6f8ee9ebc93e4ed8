package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * SDIRK2: order 2, 2 stages, L-stable, stiffly accurate with gamma = 1 - 1/sqrt 2.
 *
 * <p>Source: Alexander, Diagonally implicit Runge-Kutta methods for stiff O.D.E.'s, 1977.
 */
public final class Sdirk2 {
    private static final double GAMMA = 1 - 1 / Math.sqrt(2);

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
                    2, Butcher.stifflyAccurate(new double[] {GAMMA}, new double[] {1 - GAMMA, GAMMA}))
            .embedded(1, 1, 0);

    private Sdirk2() {}
}
