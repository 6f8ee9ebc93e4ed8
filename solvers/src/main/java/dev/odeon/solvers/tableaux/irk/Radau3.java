package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * The Radau IIA method of order 3: 2 stages solved together, L-stable, stiffly accurate.
 *
 * <p>Source: Ehle, On Pade approximations to the exponential function and A-stable methods, 1969.
 */
public final class Radau3 {
    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
            3, Butcher.stifflyAccurate(new double[] {5 / 12.0, -1 / 12.0}, new double[] {3 / 4.0, 1 / 4.0}));

    private Radau3() {}
}
