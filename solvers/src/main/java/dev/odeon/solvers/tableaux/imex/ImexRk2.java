package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * IMEX-RK2: order 2, 2 stages, implicit part L-stable with gamma = 1 - 1/sqrt 2.
 *
 * <p>Both stages are implicit; the explicit part is Heun's method. The stage times of the two parts differ. Source:
 * Pareschi, Russo, Implicit-explicit Runge-Kutta schemes and applications to hyperbolic systems with relaxation, 2005;
 * PETSc calls it ARKIMEX L2.
 */
public final class ImexRk2 {
    private static final double GAMMA = 1 - 1 / Math.sqrt(2);

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    2,
                    Butcher.of(new double[][] {{0, 0}, {1, 0}}, 0.5, 0.5),
                    Butcher.of(new double[][] {{GAMMA, 0}, {1 - 2 * GAMMA, GAMMA}}, 0.5, 0.5))
            .embedded(1, 0, 1);

    private ImexRk2() {}
}
