package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * ARS(1,1,1), forward-backward Euler: order 1, 2 stages of which one is implicit.
 *
 * <p>The implicit part is backward Euler, L-stable. No error estimate: its two stages allow only the trapezoidal
 * rule, whose distance grows with the stiffness. Source: Ascher, Ruuth, Spiteri, Implicit-explicit Runge-Kutta
 * methods for time-dependent partial differential equations, 1997.
 */
public final class Ars111 {
    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
            1,
            Butcher.explicit(new double[] {1, 0}, new double[] {1}),
            Butcher.stifflyAccurate(new double[] {0}, new double[] {0, 1}));

    private Ars111() {}
}
