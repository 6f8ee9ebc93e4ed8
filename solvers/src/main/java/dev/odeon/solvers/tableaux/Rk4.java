package dev.odeon.solvers.tableaux;

/**
 * The classical Runge-Kutta method: order 4, 4 stages, explicit.
 *
 * <p>Stable on the negative real axis up to h lambda = -2.78. Source: Kutta, Beitrag zur naeherungsweisen Integration
 * totaler Differentialgleichungen, 1901.
 */
public final class Rk4 {
    /** The coefficients. */
    public static final Butcher COEFFICIENTS = Butcher.of(
            new double[][] {{0, 0, 0, 0}, {1 / 2.0, 0, 0, 0}, {0, 1 / 2.0, 0, 0}, {0, 0, 1, 0}},
            1 / 6.0,
            1 / 3.0,
            1 / 3.0,
            1 / 6.0);

    private Rk4() {}
}
