package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * Kvaerno's pair 4(3): order 4, 5 stages of which the first is explicit.
 *
 * <p>Both results are stiffly accurate, the result L-stable. Source: Kvaerno, Singly diagonally implicit Runge-Kutta methods
 * with an explicit first stage, 2004.
 *
 * <p>A stage lies at 1.15 of the step: the field must have values so far beyond the end of the interval.
 */
public final class Kvaerno4 {
    private static final double GAMMA = 0.5728160625;
    private static final double SQUARE = ((12 * GAMMA - 6) * GAMMA + 1) * ((12 * GAMMA - 6) * GAMMA + 1);
    private static final double A31 = ((((144 * GAMMA - 180) * GAMMA + 81) * GAMMA - 15) * GAMMA + 1) * GAMMA / SQUARE;
    private static final double A32 = (((-36 * GAMMA + 39) * GAMMA - 15) * GAMMA + 2) * GAMMA / SQUARE;
    private static final double D = 12 * GAMMA * GAMMA * ((12 * GAMMA - 9) * GAMMA + 2);
    private static final double E = (3 * GAMMA - 1);
    private static final double A41 =
            (((((-144 * GAMMA + 396) * GAMMA - 330) * GAMMA + 117) * GAMMA - 18) * GAMMA + 1) / D;
    private static final double A42 =
            ((((72 * GAMMA - 126) * GAMMA + 69) * GAMMA - 15) * GAMMA + 1) / (12 * GAMMA * GAMMA * E);
    private static final double A43 = ((-6 * GAMMA + 6) * GAMMA - 1) * SQUARE / (D * E);
    private static final double A51 = ((((288 * GAMMA - 312) * GAMMA + 120) * GAMMA - 18) * GAMMA + 1) / (4 * D);
    private static final double A52 = ((24 * GAMMA - 12) * GAMMA + 1) / (48 * GAMMA * GAMMA * E);
    private static final double A53 =
            -SQUARE * ((12 * GAMMA - 6) * GAMMA + 1) / (4 * D * E * ((6 * GAMMA - 6) * GAMMA + 1));
    private static final double A54 = (((-24 * GAMMA + 36) * GAMMA - 12) * GAMMA + 1) / ((24 * GAMMA - 24) * GAMMA + 4);

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
                    4,
                    Butcher.stifflyAccurate(
                            new double[] {0},
                            new double[] {GAMMA, GAMMA},
                            new double[] {A31, A32, GAMMA},
                            new double[] {A41, A42, A43, GAMMA},
                            new double[] {A51, A52, A53, A54, GAMMA}))
            .embedded(3, A41, A42, A43, GAMMA, 0);

    private Kvaerno4() {}
}
