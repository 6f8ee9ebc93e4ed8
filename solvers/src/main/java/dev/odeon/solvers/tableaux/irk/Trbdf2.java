package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ImplicitTableau;

/**
 * TR-BDF2: order 2, 3 stages of which the first is explicit, L-stable, stiffly accurate.
 *
 * <p>A trapezoidal step to t + (2 - sqrt 2) h, then a backward differentiation formula; the error estimate has order 3.
 * Source: Bank and others, Transient simulation of silicon devices and circuits, 1985; Hosea, Shampine, Analysis and
 * implementation of TR-BDF2, 1996.
 */
public final class Trbdf2 {
    private static final double GAMMA = 1 - 1 / Math.sqrt(2);
    private static final double WEIGHT = Math.sqrt(2) / 4;

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(
                    2,
                    Butcher.stifflyAccurate(
                            new double[] {0}, new double[] {GAMMA, GAMMA}, new double[] {WEIGHT, WEIGHT, GAMMA}))
            .embedded(3, (1 - WEIGHT) / 3, (3 * WEIGHT + 1) / 3, GAMMA / 3);

    private Trbdf2() {}
}
