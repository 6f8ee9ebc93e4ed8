package dev.odeon.solvers.tableaux;

/**
 * Dormand and Prince's method without its error estimate: order 5, 6 stages, explicit.
 *
 * <p>Stable on the negative real axis up to about h lambda = -3.3. Source: Dormand, Prince, A family of embedded
 * Runge-Kutta formulae, 1980.
 */
public final class Dopri5 {
    /** The coefficients. */
    public static final Butcher COEFFICIENTS = Butcher.of(
            new double[][] {
                {0, 0, 0, 0, 0, 0},
                {1 / 5.0, 0, 0, 0, 0, 0},
                {3 / 40.0, 9 / 40.0, 0, 0, 0, 0},
                {44 / 45.0, -56 / 15.0, 32 / 9.0, 0, 0, 0},
                {19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0, 0, 0},
                {9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0, 0}
            },
            35 / 384.0,
            0,
            500 / 1113.0,
            125 / 192.0,
            -2187 / 6784.0,
            11 / 84.0);

    private Dopri5() {}
}
