package dev.odeon.adjoint;

import dev.odeon.adjoint.differentiation.BacksolveDifferentiation;
import dev.odeon.adjoint.norms.ErrorNorm;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.steps.StepControl;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The continuous adjoint: a second solve, backward from the end, of the state and of its adjoint equation.
 *
 * <p>With a the gradient of the loss with respect to the state, u, a and the gradient with respect to the parameters are
 * solved together from the end of the interval to its start,
 *
 * <pre>
 *   u' = f(t, u)      a' = -f_u^T a      g' = -f_theta^T a,      u(T) from the solve, a(T) = dL/du(T), g(T) = 0
 * </pre>
 *
 * and where states were kept, u is taken from there and a gains the gradient with respect to the kept state. An evaluation of
 * the three costs one of f and one vector-Jacobian product. Memory for one state whatever the number of steps.
 *
 * <p>The gradient is that of the exact solution, not that of the steps the solve took: it differs from {@link
 * DiscreteAdjoint} by the errors of both solves, which fall with their tolerances. {@code Solution.reconstructed}, the initial
 * state as the way back found it, tells how far that can be trusted.
 *
 * <p>Wrong where the field dissipates: what decays forward at a rate c grows backward, and every error of u with it, by
 * exp(|c| T), rounding included, against which no tolerance helps. An implicit-explicit method keeps the split, J on u and
 * -J^T on a, but a step backward has the factor of I + |h| J, which damps what should grow or is nearly singular. On u' =
 * c (u - p cos t) - u^2 / 2 over T = 1, relative errors of the gradients with respect to u(0) and to p:
 *
 * <pre>
 *     c     rk4, 512 steps, float64     the same, float32      imex-rk3, 50 steps
 *    -1       3e-14      4e-13           2e-6      2e-7          1e-6      9e-7
 *   -10       1e-9       3e-12           1e-5      9e-7          0.5       2e-4
 *   -20       9e-5       7e-12           9         1e-6          1e8       0.2
 *   -30       8          1e-11           fails                   1e17      8e3
 *   -60       7e27       46              fails                   3e41      4e14
 * </pre>
 *
 * So the way back is compared with what the solve passed: the state that it finds at the start with the initial state, and at
 * each kept time with the kept one. A sample that strays by more than the tolerance has NaN for a gradient, and so have the
 * parameters; {@code Solution.backwardOutcome} is UNRELIABLE_GRADIENT. It is so, too, where an implicit-explicit method takes
 * steps of known size within which the adjoint decays by more than two e-folds: such a step damps u and a in both directions of
 * time, and the explicit part, by which g is solved, sees nothing of that decay. Chosen steps end as soon as u is a hundred
 * times the largest state of the solve. States kept in between help, because each starts u afresh.
 * Take {@link DiscreteAdjoint} for stiff fields and for exact gradients; this for smooth fields that are not stiff, where
 * memory matters more than digits, and to compare with others.
 *
 * <p>The way back may take another method than the solve, any but the exponential ones, and other steps, which the batch
 * shares, because the samples share g. Multistep methods start anew at each kept time. Implicit methods solve for all of u, a
 * and g at once, dense unless the method is given {@code Newton.Algebra.GMRES}, and need the second derivatives of the
 * field. The graph holds one loop for each different distance of kept times, not for each time. If the solve or the way back
 * fails, all gradients are NaN; {@code Solution.backwardOutcome} says why. Not for samples with times of their own.
 *
 * <p>Tolerances of each component measure u and, component by component, a; g has the strictest of them. Give a control of
 * its own where the adjoint is of another size.
 *
 * <p>Source: Chen, Rubanova, Bettencourt, Duvenaud, Neural Ordinary Differential Equations, 2018; for the seminorm: Kidger,
 * Chen, Lyons, "Hey, that's not an ODE": Faster ODE Adjoints via Seminorms, 2021.
 *
 * @param method of the way back; null for that of the solve
 * @param control of the way back; null for that of the solve
 * @param norm of the errors that choose the steps of the way back; no matter where the steps are known
 * @param tolerance how far what the way back finds may be from the first and the kept states, in units of the largest number
 *     that the component had in any state of the sample; null for 0.05, or for each component 100 of its tolerances of the steps where those
 *     are more; infinite for no comparison
 */
public record BacksolveAdjoint(
        @Nullable Method method,
        @Nullable StepControl control,
        ErrorNorm norm,
        @Nullable Double tolerance) implements Gradient {
    public BacksolveAdjoint {
        Objects.requireNonNull(norm, "norm");
        WayBackTolerance.require(tolerance);
    }

    /** With method and steps of the solve itself. */
    public BacksolveAdjoint() {
        this(null, null, ErrorNorm.FULL, null);
    }

    /** With a method and steps of its own. */
    public static BacksolveAdjoint of(Method method, StepControl control) {
        return new BacksolveAdjoint(
                Objects.requireNonNull(method, "method"),
                Objects.requireNonNull(control, "control"),
                ErrorNorm.FULL,
                null);
    }

    /**
     * The same, its steps chosen by the errors of u and a alone.
     *
     * <p>Fewer evaluations at the same tolerance, because g is an integral that nothing else depends on; its own error grows,
     * but not on the way. Measured on a network of 288 parameters with dopri5 at tolerances of 1e-6: 369 evaluations in place
     * of 429, and 471 in place of 723 where the norm is the largest error; errors of 4e-6 in place of 5e-7, and of 6e-7 in
     * place of 7e-8.
     */
    public BacksolveAdjoint seminorm() {
        return new BacksolveAdjoint(method, control, ErrorNorm.SEMINORM, tolerance);
    }

    /** The same with another tolerance of the comparison; infinite for none. */
    public BacksolveAdjoint withTolerance(double other) {
        return new BacksolveAdjoint(method, control, norm, other);
    }

    @Override
    public String label() {
        return "backsolve adjoint";
    }

    @Override
    @SuppressWarnings("exports")
    public Differentiation differentiation() {
        return new BacksolveDifferentiation(label(), method, control, norm, tolerance);
    }
}
