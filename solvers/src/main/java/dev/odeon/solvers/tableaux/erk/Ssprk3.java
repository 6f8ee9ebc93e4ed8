package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * The strong stability preserving method of Shu and Osher: order 3, 3 stages, explicit.
 *
 * <p>A convex combination of Euler steps: keeps bounds that Euler's method keeps, up to its step. The error estimate is the
 * distance to Heun's method. Source: Shu, Osher, Efficient implementation of essentially non-oscillatory shock-capturing
 * schemes, 1988.
 */
public final class Ssprk3 {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
                    3, Butcher.explicit(new double[] {1 / 6.0, 1 / 6.0, 2 / 3.0}, new double[] {1}, new double[] {
                        1 / 4.0, 1 / 4.0
                    }))
            .embedded(2, 1 / 2.0, 1 / 2.0, 0);

    private Ssprk3() {}
}
