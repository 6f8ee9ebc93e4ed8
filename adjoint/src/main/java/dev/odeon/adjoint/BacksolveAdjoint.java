package dev.odeon.adjoint;

import dev.odeon.adjoint.backsolve.ErrorNorm;
import dev.odeon.adjoint.backsolve.Way;
import dev.odeon.solvers.Method;
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
 * DiscreteAdjoint} by the errors of both solves, and a loss minimised with it need not go down when they are large. Nothing
 * tells how large they are but {@link Solution#reconstructed}, the initial state as this solve found it.
 *
 * <p>Wrong where the field dissipates: what decays forward grows backward, so that a rate c < 0 multiplies every error of u
 * by exp(|c| T) on the way back, and smaller steps do not help against rounding. On u' = c (u - cos t), T = 1, it is wrong by
 * more than all of the gradient from |c| T of about 40 in float64 and 15 in float32. Implicit-explicit methods keep the
 * split, J on u and -J^T on a, but an implicit step backward divides by 1 + |h c|, the wrong way, or by nearly zero. Kept
 * states in between help, because each starts u afresh. Take {@link DiscreteAdjoint} for stiff fields, for exact gradients
 * and as long as memory lasts; take this for smooth fields that are not stiff, where memory matters more than digits, or to
 * compare with others.
 *
 * <p>The way back may take any method but the exponential ones, and other steps than the solve. Its steps are shared by the
 * batch, because the samples share g. Multistep methods start anew at each kept time. Implicit methods solve for all of u, a
 * and g at once, dense unless the method is given {@code Newton.Algebra.GMRES}, and need the second derivatives of the
 * field. With chosen steps the graph holds one loop for each different distance of kept times. If the solve or the way back
 * fails, all gradients are NaN; {@link Solution#backwardOutcome} says why. Not for samples with times of their own.
 *
 * <p>Source: Chen, Rubanova, Bettencourt, Duvenaud, Neural Ordinary Differential Equations, 2018; for the seminorm: Kidger,
 * Chen, Lyons, "Hey, that's not an ODE": Faster ODE Adjoints via Seminorms, 2021.
 *
 * @param method of the way back; null for that of the solve
 * @param control of the way back; null for that of the solve
 * @param norm of the errors that choose the steps of the way back; no matter where the steps are known
 */
public record BacksolveAdjoint(
        @Nullable Method method, @Nullable StepControl control, ErrorNorm norm) implements Gradient {
    public BacksolveAdjoint {
        Objects.requireNonNull(norm, "norm");
    }

    /** With method and steps of the solve itself. */
    public BacksolveAdjoint() {
        this(null, null, ErrorNorm.FULL);
    }

    /** With a method and steps of its own. */
    public static BacksolveAdjoint of(Method method, StepControl control) {
        return new BacksolveAdjoint(
                Objects.requireNonNull(method, "method"), Objects.requireNonNull(control, "control"), ErrorNorm.FULL);
    }

    /**
     * The same, its steps chosen by the errors of u and a alone.
     *
     * <p>Fewer evaluations at the same accuracy, because g is an integral that nothing else depends on.
     */
    public BacksolveAdjoint seminorm() {
        return new BacksolveAdjoint(method, control, ErrorNorm.SEMINORM);
    }

    /** The same, with what it takes from the solve. */
    BacksolveAdjoint completed(Method ofSolve, StepControl controlOfSolve) {
        return new BacksolveAdjoint(
                method == null ? ofSolve : method, control == null ? controlOfSolve : control, norm);
    }

    /** How the way back is solved. */
    Way way() {
        return new Way(Objects.requireNonNull(method, "method"), Objects.requireNonNull(control, "control"), norm);
    }

    @Override
    public String label() {
        return "backsolve adjoint";
    }
}
