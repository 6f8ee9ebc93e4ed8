package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * IMEX-RK4, ARK4(3)6L[2]SA: order 4, 6 stages, implicit part L-stable and stiffly accurate with gamma = 1/4.
 *
 * <p>The first stage is explicit. Source: Kennedy, Carpenter, Additive Runge-Kutta schemes for
 * convection-diffusion-reaction equations, 2003.
 */
public final class ImexRk4 {
    private static final double GAMMA = 1 / 4.0;
    private static final double[] B = {82889 / 524892.0, 0, 15625 / 83664.0, 69875 / 102672.0, -2260 / 8211.0, GAMMA};

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    4,
                    Butcher.of(
                            new double[][] {
                                {0, 0, 0, 0, 0, 0},
                                {1 / 2.0, 0, 0, 0, 0, 0},
                                {13861 / 62500.0, 6889 / 62500.0, 0, 0, 0, 0},
                                {
                                    -116923316275.0 / 2393684061468.0,
                                    -2731218467317.0 / 15368042101831.0,
                                    9408046702089.0 / 11113171139209.0,
                                    0,
                                    0,
                                    0
                                },
                                {
                                    -451086348788.0 / 2902428689909.0,
                                    -2682348792572.0 / 7519795681897.0,
                                    12662868775082.0 / 11960479115383.0,
                                    3355817975965.0 / 11060851509271.0,
                                    0,
                                    0
                                },
                                {
                                    647845179188.0 / 3216320057751.0,
                                    73281519250.0 / 8382639484533.0,
                                    552539513391.0 / 3454668386233.0,
                                    3354512671639.0 / 8306763924573.0,
                                    4040 / 17871.0,
                                    0
                                }
                            },
                            B),
                    Butcher.of(
                            new double[][] {
                                {0, 0, 0, 0, 0, 0},
                                {1 / 4.0, GAMMA, 0, 0, 0, 0},
                                {8611 / 62500.0, -1743 / 31250.0, GAMMA, 0, 0, 0},
                                {5012029 / 34652500.0, -654441 / 2922500.0, 174375 / 388108.0, GAMMA, 0, 0},
                                {
                                    15267082809.0 / 155376265600.0,
                                    -71443401 / 120774400.0,
                                    730878875 / 902184768.0,
                                    2285395 / 8070912.0,
                                    GAMMA,
                                    0
                                },
                                B
                            },
                            B))
            .embedded(
                    3,
                    4586570599.0 / 29645900160.0,
                    0,
                    178811875.0 / 945068544.0,
                    814220225.0 / 1159782912.0,
                    -3700637.0 / 11593932.0,
                    61727.0 / 225920.0);

    private ImexRk4() {}
}
