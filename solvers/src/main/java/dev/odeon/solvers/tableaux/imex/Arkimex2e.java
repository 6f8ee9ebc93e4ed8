package dev.odeon.solvers.tableaux.imex;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImexTableau;

/**
 * ARKIMEX 2e: order 2, 3 stages of which two are implicit, first explicit.
 *
 * <p>The implicit part is L-stable and stiffly accurate, that of the siblings 2c, 2d and 2e; the explicit part has the smallest error constant.
 * Source: Constantinescu, in Balay and others, PETSc users manual, 2012; Giraldo, Kelly, Constantinescu, Implicit-explicit
 * formulations of a three-dimensional nonhydrostatic unified model of the atmosphere, 2013.
 */
public final class Arkimex2e {
    private static final double ROOT = Math.sqrt(2);
    private static final double GAMMA = 1 - 1 / ROOT;
    private static final double OUTER = 1 / (2 * ROOT);

    /** The coefficients. */
    public static final ImexTableau COEFFICIENTS = ImexTableau.of(
                    2,
                    Butcher.of(
                            new double[][] {{0, 0, 0}, {2 - ROOT, 0, 0}, {(3 - 2 * ROOT) / 6, (3 + 2 * ROOT) / 6, 0}},
                            OUTER,
                            OUTER,
                            GAMMA),
                    Butcher.stifflyAccurate(
                            new double[] {0}, new double[] {GAMMA, GAMMA}, new double[] {OUTER, OUTER, GAMMA}))
            .embedded(1, (4 - ROOT) / 8, (4 - ROOT) / 8, 1 / (2 * ROOT));

    private Arkimex2e() {}
}
