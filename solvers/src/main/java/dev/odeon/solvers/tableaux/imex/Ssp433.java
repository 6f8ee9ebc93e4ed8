package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * SSP3(4,3,3): order 3, 4 stages, all implicit; the explicit part preserves strong stability.
 *
 * <p>The implicit part is L-stable. The error estimate, which the source has not, is the distance to Heun's weights
 * on the stages 2 and 3, of order 2 in both parts. Source: Pareschi, Russo, Implicit-explicit Runge-Kutta schemes and
 * applications to hyperbolic systems with relaxation, 2005.
 */
public final class Ssp433 {
    private static final double ALPHA = 0.24169426078821;
    private static final double BETA = 0.06042356519705;
    private static final double ETA = 0.12915286960590;

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    3,
                    Butcher.explicit(
                            new double[] {0, 1 / 6.0, 1 / 6.0, 2 / 3.0},
                            new double[] {0},
                            new double[] {0, 1},
                            new double[] {0, 1 / 4.0, 1 / 4.0}),
                    Butcher.of(
                            new double[][] {
                                {ALPHA, 0, 0, 0},
                                {-ALPHA, ALPHA, 0, 0},
                                {0, 1 - ALPHA, ALPHA, 0},
                                {BETA, ETA, 0.5 - ALPHA - BETA - ETA, ALPHA}
                            },
                            0,
                            1 / 6.0,
                            1 / 6.0,
                            2 / 3.0))
            .embedded(2, 0, 1 / 2.0, 1 / 2.0, 0);

    private Ssp433() {}
}
