package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Euler's method: order 1, 1 stage, explicit.
 *
 * <p>u_(n+1) = u_n + h f(t_n, u_n). Stable on the negative real axis up to h lambda = -2. No error estimate: it would
 * cost the second evaluation that makes Heun's method. Source: Euler, Institutiones calculi integralis, 1768.
 */
public final class Euler {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(1, Butcher.explicit(new double[] {1}));

    private Euler() {}
}
