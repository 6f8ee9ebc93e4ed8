package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * Crank-Nicolson, the trapezoidal rule: order 2, 2 stages of which the first is explicit, A-stable.
 *
 * <p>u_(n+1) = u_n + h/2 (f_n + f_(n+1)): hardly damps stiff modes, which then oscillate. Source: Crank, Nicolson, A
 * practical method for numerical evaluation of solutions of partial differential equations of the heat conduction type,
 * 1947.
 */
public final class CrankNicolson {
    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS =
            ImplicitTableau.of(2, Butcher.stifflyAccurate(new double[] {0}, new double[] {0.5, 0.5}));

    private CrankNicolson() {}
}
