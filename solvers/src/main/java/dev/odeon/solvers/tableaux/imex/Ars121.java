package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * ARS(1,2,1): order 1, 2 stages of which one is implicit.
 *
 * <p>G is evaluated at the implicit stage too, which damps oscillating G. No error estimate, as in ARS(1,1,1).
 * Source: Ascher, Ruuth, Spiteri, Implicit-explicit Runge-Kutta methods for time-dependent partial differential
 * equations, 1997.
 */
public final class Ars121 {
    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
            1,
            Butcher.explicit(new double[] {0, 1}, new double[] {1}),
            Butcher.stifflyAccurate(new double[] {0}, new double[] {0, 1}));

    private Ars121() {}
}
