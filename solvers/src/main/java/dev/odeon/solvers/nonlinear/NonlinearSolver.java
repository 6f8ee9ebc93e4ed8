package dev.odeon.solvers.nonlinear;

/**
 * How the equations v = known + alpha f(v) of an implicit step are solved.
 *
 * <p>Every solver stops when its last change of v is below the tolerance, and fails (visibly, as an {@code Outcome}) after
 * its last iteration or when a number is not finite.
 */
public sealed interface NonlinearSolver permits Newton, Anderson, InnerOptimiser {

    /**
     * The largest last change of a component v_i, in units of 1 + |v_i|; under a {@code PidController} also no more than a
     * hundredth of atol + rtol |v_i|.
     *
     * <p>With fixed steps nothing tells how small numbers matter: scale states to about one, or lower it for smaller ones.
     */
    double tolerance();

    /** Iterations after which the equations count as unsolved. */
    int maxIterations();

    /** Whether the steps of a method with this solver are proximal: minimised by an optimiser, without a Jacobian. */
    default boolean proximal() {
        return false;
    }

    /** Refuses settings no solver can work with. */
    static void require(double tolerance, int maxIterations) {
        if (!(tolerance > 0) || !Double.isFinite(tolerance)) {
            throw new IllegalArgumentException(
                    "The tolerance of the nonlinear solver is " + tolerance + ": give a small positive number");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException(
                    "The nonlinear solver is allowed " + maxIterations + " iterations: allow at least one");
        }
    }
}
