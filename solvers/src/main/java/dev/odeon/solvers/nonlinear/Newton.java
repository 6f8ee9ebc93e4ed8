package dev.odeon.solvers.nonlinear;

import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.tolerances.Tolerance;
import java.util.Objects;

/**
 * Newton's method.
 *
 * @param jacobian how often the Jacobian is made
 * @param algebra how its linear systems are solved
 * @param krylov settings of {@link Algebra#GMRES}; unused by the others
 */
public record Newton(
        double tolerance, Tolerance absolute, int maxIterations, Jacobian jacobian, Algebra algebra, Krylov krylov)
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
         * <p>Each product is one evaluation of the field with its derivative. A solve ends at the tolerance of {@link
         * Newton#krylov}, by default when its residual has fallen by 1e-6. One that reaches its limit of iterations before
         * that serves all the same if the residual has fallen by ten, as the next iteration of Newton's method corrects the
         * rest; otherwise the outcome is LINEAR_DIVERGENCE. Source: Dembo, Eisenstat, Steihaug, Inexact Newton Methods, 1982.
         */
        GMRES
    }

    public Newton {
        NonlinearSolver.require(tolerance, absolute, maxIterations);
        Objects.requireNonNull(jacobian, "jacobian");
        Objects.requireNonNull(algebra, "algebra");
        Objects.requireNonNull(krylov, "krylov");
        if (algebra == Algebra.GMRES && jacobian == Jacobian.EACH_STEP) {
            throw new IllegalArgumentException(
                    "A Jacobian EACH_STEP with GMRES: no matrix is kept that a step could share;"
                            + " take Newton.full().with(GMRES), or the chord method with a dense matrix");
        }
        if (krylov.method() != KrylovMethod.GMRES) {
            throw new IllegalArgumentException("Newton's method with the Krylov iteration " + krylov.method()
                    + ": give settings of GMRES, Krylov.of(KrylovMethod.GMRES)");
        }
    }

    private static final double USUAL = 1e-10;

    private static final Krylov INEXACT =
            Krylov.of(KrylovMethod.GMRES).withTolerance(1e-6).withRestart(40);

    /** Newton's method with a fresh Jacobian for each sample. */
    public static Newton full() {
        return new Newton(USUAL, Tolerance.of(USUAL), 12, Jacobian.EACH_ITERATION, Algebra.DENSE_EACH_SAMPLE, INEXACT);
    }

    /** The chord method with a Jacobian for each sample. */
    public static Newton chord() {
        return new Newton(USUAL, Tolerance.of(USUAL), 30, Jacobian.EACH_STEP, Algebra.DENSE_EACH_SAMPLE, INEXACT);
    }

    /** The same with another tolerance, relative and absolute. */
    public Newton withTolerance(double other) {
        return new Newton(other, Tolerance.of(other), maxIterations, jacobian, algebra, krylov);
    }

    /** The same with another limit of iterations. */
    public Newton withMaxIterations(int other) {
        return new Newton(tolerance, absolute, other, jacobian, algebra, krylov);
    }

    /**
     * The same with other linear algebra.
     *
     * @throws IllegalArgumentException if it is GMRES and the Jacobian is made once a step
     */
    public Newton with(Algebra other) {
        return new Newton(tolerance, absolute, maxIterations, jacobian, other, krylov);
    }

    /** The same with other settings of GMRES. */
    public Newton with(Krylov other) {
        return new Newton(tolerance, absolute, maxIterations, jacobian, algebra, other);
    }

    @Override
    public Newton withAbsolute(double... ofComponents) {
        return withAbsolute(Tolerance.of(ofComponents));
    }

    @Override
    public Newton withAbsolute(Tolerance other) {
        return new Newton(tolerance, other, maxIterations, jacobian, algebra, krylov);
    }
}
