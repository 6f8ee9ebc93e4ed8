package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * IMEX-RK3, ARK3(2)4L[2]SA: order 3, 4 stages, implicit part L-stable and stiffly accurate.
 *
 * <p>The first stage is explicit. Source: Kennedy, Carpenter, Additive Runge-Kutta schemes for
 * convection-diffusion-reaction equations, 2003.
 */
public final class ImexRk3 {
    private static final double GAMMA = 1767732205903.0 / 4055673282236.0;
    private static final double[] B = {
        1471266399579.0 / 7840856788654.0,
        -4482444167858.0 / 7529755066697.0,
        11266239266428.0 / 11593286722821.0,
        GAMMA
    };

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    3,
                    Butcher.of(
                            new double[][] {
                                {0, 0, 0, 0},
                                {1767732205903.0 / 2027836641118.0, 0, 0, 0},
                                {5535828885825.0 / 10492691773637.0, 788022342437.0 / 10882634858940.0, 0, 0},
                                {
                                    6485989280629.0 / 16251701735622.0,
                                    -4246266847089.0 / 9704473918619.0,
                                    10755448449292.0 / 10357097424841.0,
                                    0
                                }
                            },
                            B),
                    Butcher.of(
                            new double[][] {
                                {0, 0, 0, 0},
                                {GAMMA, GAMMA, 0, 0},
                                {2746238789719.0 / 10658868560708.0, -640167445237.0 / 6845629431997.0, GAMMA, 0},
                                B
                            },
                            B))
            .embedded(
                    2,
                    2756255671327.0 / 12835298489170.0,
                    -10771552573575.0 / 22201958757719.0,
                    9247589265047.0 / 10645013368117.0,
                    2193209047091.0 / 5459859503100.0);

    private ImexRk3() {}
}
