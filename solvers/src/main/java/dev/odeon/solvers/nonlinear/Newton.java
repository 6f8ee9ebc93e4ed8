package dev.odeon.solvers.nonlinear;

import java.util.Objects;

/**
 * Newton's method.
 *
 * @param jacobian how often the Jacobian is made
 * @param algebra how its linear systems are solved
 */
public record Newton(double tolerance, int maxIterations, Jacobian jacobian, Algebra algebra)
        implements NonlinearSolver {

    /** How often the Jacobian is made. */
    public enum Jacobian {
        /** In every iteration: fewest iterations, for strongly nonlinear fields. */
        EACH_ITERATION,
        /** Once a step, its factor shared by all iterations and stages: the chord method, the cheapest. */
        EACH_STEP
    }

    /** How the linear systems are solved. */
    public enum Algebra {
        /**
         * A dense matrix for each sample; for fields whose samples do not see each other.
         *
         * <p>Where they do, the iterations converge more slowly, or fail. Gradients are those of the coupled samples all the
         * same: GMRES solves for what the samples' own matrices leave, and gives NaN where it does not converge.
         */
        DENSE_EACH_SAMPLE,
        /** One dense matrix for the whole batch; for small batches whose samples depend on each other. */
        DENSE_WHOLE_BATCH,
        /**
         * Restarted GMRES on the whole batch with exact products: no matrix, for large states.
         *
         * <p>Each product is one evaluation of the field with its derivative. A solve ends when its residual has fallen by
         * 1e-6, starts anew after 40 directions, and fails after 500.
         */
        GMRES
    }

    public Newton {
        NonlinearSolver.require(tolerance, maxIterations);
        Objects.requireNonNull(jacobian, "jacobian");
        Objects.requireNonNull(algebra, "algebra");
    }

    /** Newton's method with a fresh Jacobian for each sample. */
    public static Newton full() {
        return new Newton(1e-10, 12, Jacobian.EACH_ITERATION, Algebra.DENSE_EACH_SAMPLE);
    }

    /** The chord method with a Jacobian for each sample. */
    public static Newton chord() {
        return new Newton(1e-10, 30, Jacobian.EACH_STEP, Algebra.DENSE_EACH_SAMPLE);
    }

    /** The same with another tolerance. */
    public Newton withTolerance(double other) {
        return new Newton(other, maxIterations, jacobian, algebra);
    }

    /** The same with other linear algebra. */
    public Newton with(Algebra other) {
        return new Newton(tolerance, maxIterations, jacobian, other);
    }
}
