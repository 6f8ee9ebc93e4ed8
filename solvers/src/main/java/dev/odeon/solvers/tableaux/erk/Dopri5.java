package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Dormand and Prince's pair 5(4): order 5, 6 stages, explicit, first same as last, dense output of order 4.
 *
 * <p>Stable on the negative real axis up to h lambda = -3.3. Source: Dormand, Prince, A family of embedded Runge-Kutta
 * formulae, 1980; dense output: Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 1993, II.6.
 */
public final class Dopri5 {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
                    5,
                    Butcher.explicit(
                            new double[] {35.0 / 384.0, 0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0
                            },
                            new double[] {1.0 / 5.0},
                            new double[] {3.0 / 40.0, 9.0 / 40.0},
                            new double[] {44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0},
                            new double[] {19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0},
                            new double[] {
                                9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0
                            }))
            .embedded(4, 5179 / 57600.0, 0, 7571 / 16695.0, 393 / 640.0, -92097 / 339200.0, 187 / 2100.0, 1 / 40.0)
            .dense(
                    new double[] {1.0, -2.8605386690370884, 3.099577878709121, -1.1618105836403092, 0.013917207301610328
                    },
                    new double[] {0, 0, 0},
                    new double[] {0, 4.047141499642786, -6.345354046938926, 2.795465086414005, -0.04801624082496286},
                    new double[] {0, -3.941160071112659, 10.904003027940295, -6.729317509209278, 0.4175162190483098},
                    new double[] {0, 2.8419447015870345, -7.547675862959386, 4.957636724931253, -0.5742817428041846},
                    new double[] {0, -1.6109886359167997, 4.218915839039518, -2.950103865566732, 0.47312904339639456},
                    new double[] {0, 1.523601174836727, -4.329466835790622, 3.0881301470710616, -0.2822644861171672});

    private Dopri5() {}
}
