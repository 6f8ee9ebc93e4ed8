package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * ARS(2,2,2): order 2, 3 stages of which two are implicit.
 *
 * <p>The implicit part is L-stable and stiffly accurate with gamma = 1 - 1/sqrt 2. The error estimate, which the
 * source has not, is that of SDIRK2: gamma h times the difference of the last two rates, zero at none of the
 * conditions of order 2. Source: Ascher, Ruuth, Spiteri, Implicit-explicit Runge-Kutta methods for time-dependent
 * partial differential equations, 1997.
 */
public final class Ars222 {
    private static final double GAMMA = 1 - 1 / Math.sqrt(2);
    private static final double DELTA = 1 - 1 / (2 * GAMMA);
    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    2,
                    Butcher.explicit(
                            new double[] {DELTA, 1 - DELTA, 0}, new double[] {GAMMA}, new double[] {DELTA, 1 - DELTA}),
                    Butcher.stifflyAccurate(
                            new double[] {0}, new double[] {0, GAMMA}, new double[] {0, 1 - GAMMA, GAMMA}))
            .embedded(1, DELTA, 1 - DELTA + GAMMA, -GAMMA);

    private Ars222() {}
}
