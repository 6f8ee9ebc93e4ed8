package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Heun's method: order 2, 2 stages, explicit; with its error estimate known as adaptive Heun.
 *
 * <p>u_(n+1) = u_n + h/2 (f_n + f(t_n + h, u_n + h f_n)). Stable on the negative real axis up to h lambda = -2. The error
 * estimate is the distance to Euler's method. Source: Heun, Neue Methoden zur approximativen Integration der
 * Differentialgleichungen, 1900.
 */
public final class Heun {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
                    2, Butcher.explicit(new double[] {1 / 2.0, 1 / 2.0}, new double[] {1}))
            .embedded(1, 1, 0);

    private Heun() {}
}
