package dev.odeon.solvers;

import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import java.util.Objects;
import org.tensorflow.types.family.TFloating;

/**
 * The right-hand side du/dt = G(t, u; theta) + F(t, u; theta): a part G for explicit and a stiff nonlinear part F for
 * implicit stages.
 *
 * <p>An implicit-explicit Runge-Kutta method solves U_i - h a~_ii F(t_i, U_i) = r_i for each implicit stage; any explicit or
 * implicit method takes the sum as one field. Both parts read the same parameters. Where F is linear, a {@link SplitField}
 * costs one solve a stage instead of an iteration. Source: Ascher, Ruuth, Spiteri, Implicit-explicit Runge-Kutta methods for
 * time-dependent partial differential equations, 1997.
 *
 * @param explicit G
 * @param implicit F
 * @param solver of the stage equations of an implicit-explicit method
 */
public record NonlinearSplit<T extends TFloating>(
        VectorField<T> explicit, VectorField<T> implicit, NonlinearSolver solver) {

    public NonlinearSplit {
        Objects.requireNonNull(explicit, "explicit");
        Objects.requireNonNull(implicit, "implicit");
        Objects.requireNonNull(solver, "solver");
    }

    /** A split whose equations are solved by Newton's method with a fresh Jacobian for each sample. */
    public static <T extends TFloating> NonlinearSplit<T> of(VectorField<T> explicit, VectorField<T> implicit) {
        return new NonlinearSplit<>(explicit, implicit, Newton.full());
    }

    /** The same split with another solver of its equations. */
    public NonlinearSplit<T> with(NonlinearSolver other) {
        return new NonlinearSplit<>(explicit, implicit, other);
    }

    /** G + F as one field. */
    public VectorField<T> whole() {
        return (tf, t, u, theta) -> tf.math.add(explicit.evaluate(tf, t, u, theta), implicit.evaluate(tf, t, u, theta));
    }
}
