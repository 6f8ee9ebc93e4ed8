package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Extrapolation;
import dev.odeon.solvers.tableaux.ImplicitTableau;
import java.util.Arrays;

/**
 * Variational extrapolation of order 2: 3 implicit stages, stiffly accurate, L-stable.
 *
 * <p>On a gradient flow u' = -F'(u) no step of any size increases F, if each stage is the minimiser it is meant to be. More expensive
 * than {@link Trbdf2}, which promises no such thing. Source: Zaitzeff, Esedoglu, Garikipati, Variational extrapolation of
 * implicit schemes for general gradient flows, 2020; Xia, thesis, section 5.5.
 */
public final class Variational2 {
    private static final double[][] GAMMA = {{5}, {-2, 6}, {-2, 3.0 / 14, 44.0 / 7}};

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(2, Extrapolation.of(GAMMA));

    /** The weights gamma of the squared distances. */
    public static double[][] weights() {
        return Arrays.stream(GAMMA).map(double[]::clone).toArray(double[][]::new);
    }

    private Variational2() {}
}
