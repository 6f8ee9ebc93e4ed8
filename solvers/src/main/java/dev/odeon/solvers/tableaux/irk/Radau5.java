package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * The Radau IIA method of order 5: 3 stages solved together, L-stable, stiffly accurate.
 *
 * <p>The reference among solvers of stiff problems. Source: Hairer, Wanner, Solving Ordinary Differential Equations II, 1996,
 * IV.8.
 */
public final class Radau5 {
    private static final double R = Math.sqrt(6);

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
            5,
            Butcher.stifflyAccurate(
                    new double[] {(88 - 7 * R) / 360, (296 - 169 * R) / 1800, (-2 + 3 * R) / 225},
                    new double[] {(296 + 169 * R) / 1800, (88 + 7 * R) / 360, (-2 - 3 * R) / 225},
                    new double[] {(16 - R) / 36, (16 + R) / 36, 1 / 9.0}));

    private Radau5() {}
}
