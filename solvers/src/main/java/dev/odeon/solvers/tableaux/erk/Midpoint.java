package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * The explicit midpoint method: order 2, 2 stages.
 *
 * <p>u_(n+1) = u_n + h f(t_n + h/2, u_n + h/2 f_n). Stable on the negative real axis up to h lambda = -2. The error
 * estimate is the distance to Euler's method. Source: Runge, Ueber die numerische Aufloesung von Differentialgleichungen,
 * 1895.
 */
public final class Midpoint {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
                    2, Butcher.explicit(new double[] {0, 1}, new double[] {1 / 2.0}))
            .embedded(1, 1, 0);

    private Midpoint() {}
}
