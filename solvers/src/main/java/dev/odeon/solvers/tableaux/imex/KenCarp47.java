package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * ARK4(3)7L[2]SA1: order 4, 7 stages of which six are implicit, first explicit.
 *
 * <p>The implicit part is L-stable and stiffly accurate with gamma = 0.1235. The error estimate is the published one.
 * Source: Kennedy, Carpenter, Higher-order additive Runge-Kutta schemes for ordinary differential equations, 2019.
 */
public final class KenCarp47 {
    private static final double GAMMA = 247 / 2000.0;
    private static final double[] WEIGHTS = {
        0,
        0,
        9164257142617.0 / 17756377923965.0,
        -10812980402763.0 / 74029279521829.0,
        1335994250573.0 / 5691609445217.0,
        2273837961795.0 / 8368240463276.0,
        GAMMA
    };

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    4,
                    Butcher.explicit(
                            WEIGHTS,
                            new double[] {247 / 1000.0},
                            new double[] {247.0 / 4000.0, 2694949928731.0 / 7487940209513.0},
                            new double[] {
                                464650059369.0 / 8764239774964.0,
                                878889893998.0 / 2444806327765.0,
                                -952945855348.0 / 12294611323341.0
                            },
                            new double[] {
                                476636172619.0 / 8159180917465.0,
                                -1271469283451.0 / 7793814740893.0,
                                -859560642026.0 / 4356155882851.0,
                                1723805262919.0 / 4571918432560.0
                            },
                            new double[] {
                                6338158500785.0 / 11769362343261.0,
                                -4970555480458.0 / 10924838743837.0,
                                3326578051521.0 / 2647936831840.0,
                                -880713585975.0 / 1841400956686.0,
                                -1428733748635.0 / 8843423958496.0
                            },
                            new double[] {
                                760814592956.0 / 3276306540349.0,
                                760814592956.0 / 3276306540349.0,
                                -47223648122716.0 / 6934462133451.0,
                                71187472546993.0 / 9669769126921.0,
                                -13330509492149.0 / 9695768672337.0,
                                11565764226357.0 / 8513123442827.0
                            }),
                    Butcher.stifflyAccurate(
                            new double[] {0},
                            new double[] {GAMMA, GAMMA},
                            new double[] {624185399699.0 / 4186980696204.0, 624185399699.0 / 4186980696204.0, GAMMA},
                            new double[] {
                                1258591069120.0 / 10082082980243.0,
                                1258591069120.0 / 10082082980243.0,
                                -322722984531.0 / 8455138723562.0,
                                GAMMA
                            },
                            new double[] {
                                -436103496990.0 / 5971407786587.0,
                                -436103496990.0 / 5971407786587.0,
                                -2689175662187.0 / 11046760208243.0,
                                4431412449334.0 / 12995360898505.0,
                                GAMMA
                            },
                            new double[] {
                                -2207373168298.0 / 14430576638973.0,
                                -2207373168298.0 / 14430576638973.0,
                                242511121179.0 / 3358618340039.0,
                                3145666661981.0 / 7780404714551.0,
                                5882073923981.0 / 14490790706663.0,
                                GAMMA
                            },
                            WEIGHTS))
            .embedded(
                    3,
                    0,
                    0,
                    4469248916618.0 / 8635866897933.0,
                    -621260224600.0 / 4094290005349.0,
                    696572312987.0 / 2942599194819.0,
                    1532940081127.0 / 5565293938103.0,
                    2441 / 20000.0);

    private KenCarp47() {}
}
