package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * ARS(4,4,3): order 3, 5 stages of which four are implicit.
 *
 * <p>The implicit part is L-stable and stiffly accurate with gamma = 1/2. The error estimate, which the source has
 * not, is h (F_2 + 3/2 F_3 - 2 F_4 - 1/2 F_5): of order 2, it sees every condition of order 3 and tends to zero for
 * an infinitely stiff mode. Source: Ascher, Ruuth, Spiteri, Implicit-explicit Runge-Kutta methods for time-dependent
 * partial differential equations, 1997.
 */
public final class Ars443 {
    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    3,
                    Butcher.explicit(
                            new double[] {1 / 4.0, 7 / 4.0, 3 / 4.0, -7 / 4.0, 0},
                            new double[] {1 / 2.0},
                            new double[] {11 / 18.0, 1 / 18.0},
                            new double[] {5 / 6.0, -5 / 6.0, 1 / 2.0},
                            new double[] {1 / 4.0, 7 / 4.0, 3 / 4.0, -7 / 4.0}),
                    Butcher.stifflyAccurate(
                            new double[] {0},
                            new double[] {0, 1 / 2.0},
                            new double[] {0, 1 / 6.0, 1 / 2.0},
                            new double[] {0, -1 / 2.0, 1 / 2.0, 1 / 2.0},
                            new double[] {0, 3 / 2.0, -3 / 2.0, 1 / 2.0, 1 / 2.0}))
            .embedded(2, 1 / 4.0, 7 / 4.0 - 1, 3 / 4.0 - 3 / 2.0, -7 / 4.0 + 2, 1 / 2.0);

    private Ars443() {}
}
