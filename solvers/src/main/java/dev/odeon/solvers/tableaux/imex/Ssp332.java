package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * SSP3(3,3,2): order 2, 3 stages, all implicit; the explicit part has order 3 and preserves strong stability.
 *
 * <p>The implicit part is L-stable with gamma = 1 - 1/sqrt 2. The error estimate, which the source has not, is the
 * distance to the second stage's rate alone; the distance to Heun's weights would be zero wherever only J acts.
 * Source: Pareschi, Russo, Implicit-explicit Runge-Kutta schemes and applications to hyperbolic systems with
 * relaxation, 2005.
 */
public final class Ssp332 {
    private static final double GAMMA = 1 - 1 / Math.sqrt(2);

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    2,
                    Butcher.explicit(
                            new double[] {1 / 6.0, 1 / 6.0, 2 / 3.0}, new double[] {1}, new double[] {1 / 4.0, 1 / 4.0
                            }),
                    Butcher.of(
                            new double[][] {{GAMMA, 0, 0}, {1 - 2 * GAMMA, GAMMA, 0}, {0.5 - GAMMA, 0, GAMMA}},
                            1 / 6.0,
                            1 / 6.0,
                            2 / 3.0))
            .embedded(1, 0, 1, 0);

    private Ssp332() {}
}
