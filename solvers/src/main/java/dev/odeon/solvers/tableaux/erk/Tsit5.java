package dev.odeon.solvers.tableaux.erk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ExplicitTableau;

/**
 * Tsitouras' pair 5(4): order 5, 6 stages, explicit, first same as last, dense output of order 4.
 *
 * <p>Slightly more accurate than Dormand and Prince's pair at the same cost. Stable on the negative real axis up to h
 * lambda = -3.5. Source: Tsitouras, Runge-Kutta pairs of order 5(4) satisfying only the first column simplifying
 * assumption, 2011.
 */
public final class Tsit5 {
    /** The coefficients. */
    public static final ExplicitTableau COEFFICIENTS = ExplicitTableau.of(
                    5,
                    Butcher.explicit(
                            new double[] {
                                0.09646076681806523,
                                1 / 100.0,
                                0.4798896504144996,
                                1.379008574103742,
                                -3.290069515436081,
                                2.324710524099774
                            },
                            new double[] {161 / 1000.0},
                            new double[] {-0.008480655492356989, 0.335480655492357},
                            new double[] {2.8971530571054935, -6.359448489975075, 4.3622954328695815},
                            new double[] {
                                5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525
                            },
                            new double[] {
                                5.86145544294642,
                                -12.92096931784711,
                                8.159367898576159,
                                -0.071584973281401,
                                -0.028269050394068383
                            }))
            .embedded(
                    4,
                    0.09468075576583945,
                    0.009183565540343254,
                    0.4877705284247616,
                    1.234297566930479,
                    -2.7077123499835256,
                    1.866628418170587,
                    1 / 66.0)
            .dense(
                    new double[] {0.9999999999999998, -2.763706197274826, 2.9132554618219126, -1.0530884977290216},
                    new double[] {0, 0.13169999999999998, -0.2234, 0.1017},
                    new double[] {0, 3.930296236894751, -5.941033872131505, 2.490627285651253},
                    new double[] {0, -12.411077166933676, 30.338188630282318, -16.548102889244902},
                    new double[] {0, 37.50931341651104, -88.1789048947664, 47.37952196281928},
                    new double[] {0, -27.896526289197286, 65.09189467479368, -34.87065786149661},
                    new double[] {0, 1.5, -4.0, 2.5});

    private Tsit5() {}
}
