package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * The Radau IIA method of order 5: 3 stages solved together, L-stable, stiffly accurate.
 *
 * <p>The reference among solvers of stiff problems. The error estimate is the distance to an implicit result of order
 * 3, v = u + h (gamma f(t, u) + sum_i w_i F_i + gamma f(t + h, v)), with the real eigenvalue gamma of A: gamma h
 * times what the rate at the start differs from the parabola through the rates of the stages, damped by (I - h gamma
 * J)^-1. Source: Hairer, Wanner, Solving Ordinary Differential Equations II, 1996, IV.8.
 */
public final class Radau5 {
    private static final double R = Math.sqrt(6);
    private static final double GAMMA = 1 / (3 + Math.cbrt(9) - Math.cbrt(3));

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
                    5,
                    Butcher.stifflyAccurate(
                            new double[] {(88 - 7 * R) / 360, (296 - 169 * R) / 1800, (-2 + 3 * R) / 225},
                            new double[] {(296 + 169 * R) / 1800, (88 + 7 * R) / 360, (-2 - 3 * R) / 225},
                            new double[] {(16 - R) / 36, (16 + R) / 36, 1 / 9.0}))
            .embedded(
                    3,
                    GAMMA,
                    (16 - R) / 36 - GAMMA * (2 + 3 * R) / 6,
                    (16 + R) / 36 - GAMMA * (2 - 3 * R) / 6,
                    1 / 9.0 - GAMMA * 4 / 3,
                    GAMMA);

    private Radau5() {}
}
