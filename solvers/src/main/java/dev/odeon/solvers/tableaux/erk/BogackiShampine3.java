package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Bogacki and Shampine's pair 3(2): order 3, 3 stages, explicit, first same as last.
 *
 * <p>Stable on the negative real axis up to h lambda = -2.51; cheap at loose tolerances. Source: Bogacki, Shampine, A 3(2)
 * pair of Runge-Kutta formulas, 1989.
 */
public final class BogackiShampine3 {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
                    3, Butcher.explicit(new double[] {2 / 9.0, 1 / 3.0, 4 / 9.0}, new double[] {1 / 2.0}, new double[] {
                        0, 3 / 4.0
                    }))
            .embedded(2, 7 / 24.0, 1 / 4.0, 1 / 3.0, 1 / 8.0);

    private BogackiShampine3() {}
}
