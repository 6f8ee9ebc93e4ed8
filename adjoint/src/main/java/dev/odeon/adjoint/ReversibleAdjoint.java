package dev.odeon.adjoint;

import dev.odeon.adjoint.differentiation.ReversibleDifferentiation;
import dev.odeon.solvers.solve.Differentiation;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of an algebraically reversible version of a one-step method, which finds the states before the steps by going
 * back instead of storing them.
 *
 * <p>With S_h(t, u) one step of the method, Psi_h = S_h - u, and a second state z that starts equal to y, the solve takes
 *
 * <pre>
 *   y_(n+1) = lambda y_n + (1 - lambda) z_n + Psi_h(t_n, z_n)
 *   z_(n+1) = z_n - Psi_-h(t_(n+1), y_(n+1))
 * </pre>
 *
 * and the way back solves both lines for z_n and y_n. Two steps of the method forward, and two backward, of the same order;
 * memory for two states whatever the number of steps (and for the sizes of chosen steps, one number each). The gradient is
 * that of the steps taken, up to the rounding of the reconstruction, which grows like lambda^-n.
 *
 * <p>Takes any one-step method, explicit, implicit or implicit-explicit; methods that reuse the last stage evaluate it
 * again. Use float64: in float32 the reconstruction loses digits quickly. The steps differ from those of the same method
 * with another gradient: predict with this gradient too if the last digits matter.
 *
 * <p>For oscillations and chaos, not for decay: on u' = c u the scheme follows the solution only while R(h c), the factor of
 * one step of the method, is not below the coupling, and beyond that the solve itself blows up or, for implicit-explicit
 * methods far on the stiff side, stays where it should vanish. Measured with IMEX-RK3 over 50 steps, relative error of the
 * reconstructed initial state against h c:
 *
 * <pre>
 *   coupling   -0.1     -0.3     -0.5     -0.7     -1       -2       -5
 *   0.999      0        3e-7     8        5e11     9e22     5e217    9e52
 *   0.9        2e-16    3e-9     0.9      4e9      9e20     2e215    1e52
 *   0.5        2e-6     2e-13    3e-12    5e-3     3e9      2e198    1e47
 * </pre>
 *
 * {@code Solution.reconstructed} shows that error for any solve. Where it is more than the tolerance, in units of the largest
 * number of all states that the sample passed, the gradient is NaN and {@code Solution.backwardOutcome} UNRELIABLE_GRADIENT;
 * the comparison is one at the end of the way back, and a maximum in each step of the solve.
 *
 * <p>Source: McCallum, Foster, Efficient, Accurate and Stable Gradients for Neural ODEs, 2024.
 *
 * @param coupling lambda, above 0 and at most 1; smaller values follow faster decay, and lose lambda^-n in n steps
 * @param tolerance how far from the initial state the way back may end; null for 1e-3 in float64 and 1e-2 in float32,
 *     infinite for no comparison
 */
public record ReversibleAdjoint(double coupling, @Nullable Double tolerance) implements Gradient {

    /** The coupling that the authors of the method use. */
    public static final double CUSTOMARY_COUPLING = 0.999;

    public ReversibleAdjoint {
        if (!(coupling > 0 && coupling <= 1)) {
            throw new IllegalArgumentException("The coupling is " + coupling
                    + ": give a number above 0 and at most 1, customarily " + CUSTOMARY_COUPLING);
        }
        WayBackTolerance.require(tolerance);
    }

    /** With the customary coupling. */
    public ReversibleAdjoint() {
        this(CUSTOMARY_COUPLING);
    }

    /** With another coupling. */
    public ReversibleAdjoint(double coupling) {
        this(coupling, null);
    }

    /** The same with another tolerance; infinite for no comparison. */
    public ReversibleAdjoint withTolerance(double other) {
        return new ReversibleAdjoint(coupling, other);
    }

    @Override
    public String label() {
        return "reversible adjoint";
    }

    @Override
    @SuppressWarnings("exports")
    public Differentiation differentiation() {
        return new ReversibleDifferentiation(label(), coupling, tolerance);
    }
}
