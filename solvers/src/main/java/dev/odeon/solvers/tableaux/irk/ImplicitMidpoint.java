package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * The implicit midpoint method: order 2, 1 stage, A-stable, symplectic.
 *
 * <p>The Gauss-Legendre method of one stage: keeps quadratic invariants, hardly damps stiff modes. Source: Hairer, Lubich,
 * Wanner, Geometric Numerical Integration, 2006.
 */
public final class ImplicitMidpoint {
    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(2, Butcher.of(new double[][] {{0.5}}, 1));

    private ImplicitMidpoint() {}
}
