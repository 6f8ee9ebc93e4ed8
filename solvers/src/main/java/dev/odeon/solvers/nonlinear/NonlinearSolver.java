package dev.odeon.solvers.nonlinear;

import dev.odeon.solvers.tolerances.Attainable;
import dev.odeon.solvers.tolerances.Tolerance;
import java.util.Objects;
import org.tensorflow.types.family.TFloating;

/**
 * How the equations v = known + alpha f(v) of an implicit step are solved.
 *
 * <p>Every solver stops when its last change of v is below the tolerance, and fails (visibly, as an {@code Outcome}) after
 * its last iteration or when a number is not finite.
 */
public sealed interface NonlinearSolver permits Newton, Anderson, InnerOptimiser {

    /** Below so many roundings a change is that of the arithmetic. */
    int ROUNDINGS = 8;

    /**
     * The largest last change of a component v_i in units of |v_i|; see {@link #absolute} for small ones.
     *
     * <p>One below eight roundings of the element type counts as eight roundings; the log says so unless it is the usual one.
     */
    double tolerance();

    /**
     * What is allowed beside it, in units of the state: the last change of v_i is at most absolute_i + tolerance |v_i|, and
     * under a {@code PidController} at most a hundredth of atol_i + rtol |v_i|.
     *
     * <p>As large as {@link #tolerance} unless given, which suits states of about one: with fixed steps nothing else tells how
     * small numbers matter. Where components differ in size give each its own.
     */
    Tolerance absolute();

    /**
     * The same with an absolute tolerance for each component of samples of one axis, or one for all.
     *
     * @param ofComponents in units of the state
     */
    default NonlinearSolver withAbsolute(double... ofComponents) {
        return withAbsolute(Tolerance.of(ofComponents));
    }

    /** The same with another absolute tolerance. */
    NonlinearSolver withAbsolute(Tolerance other);

    /** Whether nobody chose the tolerance. */
    private boolean usual() {
        return tolerance() == (proximal() ? InnerOptimiser.standard() : Anderson.standard()).tolerance();
    }

    /** The largest last change of a component, in units of its size, that an element type can meet. */
    default double attainable(Class<? extends TFloating> type) {
        double least = Attainable.least(type, ROUNDINGS);
        if (tolerance() < least && !usual()) {
            Attainable.tell("tolerance of the nonlinear solver", tolerance(), type, ROUNDINGS);
        }
        return Math.max(tolerance(), least);
    }

    /** Iterations after which the equations count as unsolved. */
    int maxIterations();

    /** Whether the steps of a method with this solver are proximal: minimised by an optimiser, without a Jacobian. */
    default boolean proximal() {
        return false;
    }

    /** Refuses settings no solver can work with. */
    static void require(double tolerance, Tolerance absolute, int maxIterations) {
        Objects.requireNonNull(absolute, "absolute");
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
