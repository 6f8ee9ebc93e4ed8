package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * Kvaerno's pair 5(4): order 5, 7 stages of which the first is explicit.
 *
 * <p>Both results are stiffly accurate, the result L-stable. Source: Kvaerno, Singly diagonally implicit Runge-Kutta methods
 * with an explicit first stage, 2004.
 *
 * <p>A stage lies at 1.23 of the step: the field must have values so far beyond the end of the interval.
 */
public final class Kvaerno5 {
    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
                    5,
                    Butcher.stifflyAccurate(
                            new double[] {0},
                            new double[] {0.26, 0.26},
                            new double[] {0.13, 0.8403332099679081, 0.26},
                            new double[] {0.22371961478320504, 0.476755323197997, -0.06470895363112615, 0.26},
                            new double[] {
                                0.16648564323248322,
                                0.10450018841591720,
                                0.03631482272098715,
                                -0.13090704451073998,
                                0.26
                            },
                            new double[] {
                                0.13855640231268224,
                                0,
                                -0.04245337201752043,
                                0.02446657898003141,
                                0.6194303907248068,
                                0.26
                            },
                            new double[] {
                                0.13659751177640292,
                                0,
                                -0.05496908796538376,
                                -0.04118626728321046,
                                0.629933048990164,
                                0.06962479448202728,
                                0.26
                            }))
            .embedded(
                    4, 0.13855640231268224, 0, -0.04245337201752043, 0.02446657898003141, 0.6194303907248068, 0.26, 0);

    private Kvaerno5() {}
}
