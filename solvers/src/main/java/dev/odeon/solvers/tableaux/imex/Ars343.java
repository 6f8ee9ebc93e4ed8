package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * ARS(3,4,3): order 3, 4 stages of which three are implicit.
 *
 * <p>The implicit part is L-stable and stiffly accurate; gamma is the middle root of 6x^3 - 18x^2 + 9x - 1. The error
 * estimate, which the source has not, is h/3 times the second difference of the last three rates: of order 2, it sees
 * every condition of order 3, and is finite for an infinitely stiff mode because it leaves the explicit stage out.
 * Source: Ascher, Ruuth, Spiteri, Implicit-explicit Runge-Kutta methods for time-dependent partial differential
 * equations, 1997.
 */
public final class Ars343 {
    private static final double GAMMA = 0.435866521508459;
    private static final double SQUARE = GAMMA * GAMMA;
    private static final double B1 = -1.5 * SQUARE + 4 * GAMMA - 0.25;
    private static final double B2 = 1.5 * SQUARE - 5 * GAMMA + 1.25;
    /** Free; this choice gives the explicit part the stability region of every method with four stages of order 4. */
    private static final double A42 = 0.5529291480359398;

    private static final double A31 =
            (15 / 4.0 - 15 * GAMMA + 21 / 4.0 * SQUARE) * A42 - 3.5 + 13 * GAMMA - 4.5 * SQUARE;
    private static final double A32 =
            (-15 / 4.0 + 15 * GAMMA - 21 / 4.0 * SQUARE) * A42 + 4 - 12.5 * GAMMA + 4.5 * SQUARE;

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    3,
                    Butcher.explicit(
                            new double[] {0, B1, B2, GAMMA},
                            new double[] {GAMMA},
                            new double[] {A31, A32},
                            new double[] {1 - 2 * A42, A42, A42}),
                    Butcher.stifflyAccurate(
                            new double[] {0},
                            new double[] {0, GAMMA},
                            new double[] {0, (1 - GAMMA) / 2, GAMMA},
                            new double[] {0, B1, B2, GAMMA}))
            .embedded(2, 0, B1 - 1 / 3.0, B2 + 2 / 3.0, GAMMA - 1 / 3.0);

    private Ars343() {}
}
