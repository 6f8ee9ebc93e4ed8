package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * BHR(5,5,3)*: order 3, 5 stages of which four are implicit, first explicit.
 *
 * <p>The implicit part is stiffly accurate, and the order holds uniformly in the stiffness. The error estimate, which
 * the source has not, is ours: weights x, 0, x, 0, 1 - 2 x with x = 1 / (4 (1 - gamma)) have order 2 in both parts,
 * see every condition of order 3 missed, and let the estimate of an infinitely stiff mode stay finite. Source:
 * Boscarino, On an accurate third order implicit-explicit Runge-Kutta method for stiff problems, 2009.
 *
 * <p>A stage lies at 2.34 of the step: the field must have values so far beyond the end of the interval.
 */
public final class Bhr553 {
    private static final double GAMMA = 424782 / 974569.0;
    private static final double B1 = 4.876985023367407e+23 / 1.181159636928186e+24;
    private static final double B3 = 3.0298776308118462e+35 / 1.5353599442032934e+36;
    private static final double B4 = -1.0523592833510062e+29 / 2.2825544520646617e+30;

    private static final double X = 1 / (4 * (1 - GAMMA));

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    3,
                    Butcher.explicit(
                            new double[] {B1, 0, B3, B4, GAMMA},
                            new double[] {2 * GAMMA},
                            new double[] {GAMMA, GAMMA},
                            new double[] {
                                -4.75883375220286e+23 / 5.941127269334378e+23,
                                0,
                                1.866233449822027e+24 / 5.941127269334378e+23
                            },
                            new double[] {
                                6.282884581807317e+46 / 1.761129106844121e+47,
                                -B3,
                                2.6231588729304375e+35 / 2.9742755473037636e+35,
                                -9.876182318941766e+29 / 2.387733766020297e+31
                            }),
                    Butcher.stifflyAccurate(
                            new double[] {0},
                            new double[] {GAMMA, GAMMA},
                            new double[] {GAMMA, -31733082319927312.0 / 4.557053772219609e+29, GAMMA},
                            new double[] {
                                -3.012378541084922e+51 / 4.512339405658527e+52,
                                -6.2865589297807154e+22 / 1.0255967344161067e+35,
                                4.187697969208553e+47 / 2.124543603852577e+47,
                                GAMMA
                            },
                            new double[] {B1, 0, B3, B4, GAMMA}))
            .embedded(2, X, 0, X, 0, 1 - 2 * X);

    private Bhr553() {}
}
