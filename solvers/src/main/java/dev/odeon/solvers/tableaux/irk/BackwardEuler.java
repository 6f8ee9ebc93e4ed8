package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * Backward Euler: order 1, 1 stage, L-stable.
 *
 * <p>u_(n+1) = u_n + h f(t_(n+1), u_(n+1)): damps everything stiff, whatever the step. Source: Curtiss, Hirschfelder,
 * Integration of stiff equations, 1952.
 */
public final class BackwardEuler {
    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(1, Butcher.stifflyAccurate(new double[] {1}));

    private BackwardEuler() {}
}
