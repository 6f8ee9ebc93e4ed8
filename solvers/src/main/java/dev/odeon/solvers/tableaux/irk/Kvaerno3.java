package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * Kvaerno's pair 3(2): order 3, 4 stages of which the first is explicit.
 *
 * <p>Both results are L-stable and stiffly accurate. Source: Kvaerno, Singly diagonally implicit Runge-Kutta methods with an
 * explicit first stage, 2004.
 */
public final class Kvaerno3 {
    /** The middle root of 6x^3 - 18x^2 + 9x - 1. */
    private static final double GAMMA = 0.435866521508459;

    private static final double A31 = (-4 * GAMMA * GAMMA + 6 * GAMMA - 1) / (4 * GAMMA);
    private static final double A32 = (-2 * GAMMA + 1) / (4 * GAMMA);

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
                    3,
                    Butcher.stifflyAccurate(
                            new double[] {0},
                            new double[] {GAMMA, GAMMA},
                            new double[] {A31, A32, GAMMA},
                            new double[] {
                                (6 * GAMMA - 1) / (12 * GAMMA),
                                -1 / ((24 * GAMMA - 12) * GAMMA),
                                (-6 * GAMMA * GAMMA + 6 * GAMMA - 1) / (6 * GAMMA - 3),
                                GAMMA
                            }))
            .embedded(2, A31, A32, GAMMA, 0);

    private Kvaerno3() {}
}
