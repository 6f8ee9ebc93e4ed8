package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * The Radau IIA method of order 3: 2 stages solved together, L-stable, stiffly accurate.
 *
 * <p>The error estimate is built as that of {@link Radau5}: gamma h times what the rate at the start differs from the
 * line through the rates of the stages, in an implicit result of order 2 with gamma = 1/sqrt 6, the modulus of the
 * eigenvalues of A. Source: Ehle, On Pade approximations to the exponential function and A-stable methods, 1969.
 */
public final class Radau3 {
    private static final double GAMMA = 1 / Math.sqrt(6);

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
                    3, Butcher.stifflyAccurate(new double[] {5 / 12.0, -1 / 12.0}, new double[] {3 / 4.0, 1 / 4.0}))
            .embedded(2, GAMMA, 3 / 4.0 - 3 / 2.0 * GAMMA, 1 / 4.0 - GAMMA / 2, GAMMA);

    private Radau3() {}
}
