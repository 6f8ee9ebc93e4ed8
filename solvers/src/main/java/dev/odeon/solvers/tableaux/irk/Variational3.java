package dev.odeon.solvers.tableaux.irk;

import dev.odeon.solvers.tableaux.Extrapolation;
import dev.odeon.solvers.tableaux.ImplicitTableau;
import java.util.Arrays;

/**
 * Variational extrapolation of order 3: 6 implicit stages, stiffly accurate, A(84)-stable.
 *
 * <p>Eigenvalues within 84 degrees of the negative axis are damped, very large ones in one step; near the imaginary axis it is
 * unstable. On a gradient flow u' = -F'(u) no step of any size increases F, if each stage is the minimiser it is meant to be. Twice as
 * expensive as {@link Variational2}. The source prints two decimals, which meet the conditions of order 3 to 2e-3 only; these are
 * the weights nearest to the printed ones that meet them exactly, and they round to the printed ones within 0.0032. Source:
 * Zaitzeff, Esedoglu, Garikipati, Variational extrapolation of implicit schemes for general gradient flows, 2020; Xia, thesis,
 * section 5.5.
 */
public final class Variational3 {
    private static final double[][] GAMMA = {
        {11.168590236719696},
        {-7.50047212234215, 19.429237810482785},
        {-1.0495694513389302, -4.750978196904078, 13.977983944272651},
        {1.7996341588459601, 0.0485505947777513, -7.8326826113962165, 13.796889745559287},
        {6.199445383046629, -7.170915740732563, -1.331380938420795, 1.628257501445651, 11.518914405610209},
        {
            -2.8320298605611347,
            4.687898221924854,
            2.457784331637414,
            -11.552300564418449,
            6.678088504288115,
            11.94872010239525
        }
    };

    /** The coefficients. */
    public static final ImplicitTableau COEFFICIENTS = ImplicitTableau.of(3, Extrapolation.of(GAMMA));

    /** The weights gamma of the squared distances. */
    public static double[][] weights() {
        return Arrays.stream(GAMMA).map(double[]::clone).toArray(double[][]::new);
    }

    private Variational3() {}
}
