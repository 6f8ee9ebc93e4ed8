package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * The theta method, between Crank-Nicolson (theta = 1/2) and backward Euler (1): order 2 at 1/2, else 1, 2 stages of which the
 * first is explicit, A-stable.
 *
 * <p>u_(n+1) = u_n + h ((1 - theta) f_n + theta f_(n+1)): a stiff mode is multiplied by (theta - 1) / theta in each step,
 * so that a theta a little above 1/2 damps what Crank-Nicolson leaves ringing, at the price of some accuracy. Source: Hairer,
 * Wanner, Solving Ordinary Differential Equations II, 1996.
 */
public final class Theta {

    private Theta() {}

    /**
     * The coefficients for a theta.
     *
     * @throws IllegalArgumentException if theta is outside [1/2, 1], where the method would not be A-stable
     */
    public static ImplicitTableau of(double theta) {
        if (!(theta >= 0.5 && theta <= 1)) {
            throw new IllegalArgumentException("The theta method with theta = " + theta
                    + ": choose from 0.5, which is Crank-Nicolson, to 1, which is backward Euler");
        }
        return ImplicitTableau.of(
                theta == 0.5 ? 2 : 1, Butcher.stifflyAccurate(new double[] {0}, new double[] {1 - theta, theta}));
    }
}
