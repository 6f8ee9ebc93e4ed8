package dev.odeon.solvers.linear.krylov;

import dev.odeon.solvers.tolerances.Attainable;
import java.util.Objects;
import org.tensorflow.types.family.TFloating;

/**
 * Settings of an iterative solve.
 *
 * <p>A row has converged when the norm of its residual, as the recurrence of the method carries it, is at most tolerance
 * times the norm of its right-hand side. A tolerance below four roundings of the element type counts as four roundings; the
 * log says so unless it is the usual one.
 *
 * @param method which iteration
 * @param tolerance relative, positive and less than one
 * @param maxIterations at least one; for BiCGSTAB one iteration is two products
 * @param restart GMRES: directions kept before it starts anew; unused by the others
 */
public record Krylov(KrylovMethod method, double tolerance, int maxIterations, int restart) {

    private static final double TOLERANCE = 1e-10;
    private static final int ROUNDINGS = 4;
    private static final int ITERATIONS = 500;
    private static final int RESTART = 30;

    public Krylov {
        Objects.requireNonNull(method, "method");
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("A Krylov tolerance of " + tolerance
                    + ": it is relative to the right-hand side, give a number between 0 and 1 such as 1e-10");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException(
                    "A limit of " + maxIterations + " Krylov iterations: allow at least one, 500 is usual");
        }
        if (restart < 1) {
            throw new IllegalArgumentException(
                    "GMRES with a restart after " + restart + " directions: keep at least one, 30 is usual");
        }
    }

    /** A method with a tolerance of 1e-10, at most 500 iterations and, for GMRES, a restart after 30. */
    public static Krylov of(KrylovMethod method) {
        return new Krylov(method, TOLERANCE, ITERATIONS, RESTART);
    }

    /** The same with another relative tolerance. */
    public Krylov withTolerance(double other) {
        return new Krylov(method, other, maxIterations, restart);
    }

    /** The same with another limit of iterations. */
    public Krylov withMaxIterations(int other) {
        return new Krylov(method, tolerance, other, restart);
    }

    /** The same with another number of directions before GMRES starts anew. */
    public Krylov withRestart(int other) {
        return new Krylov(method, tolerance, maxIterations, other);
    }

    /** The tolerance that an element type can reach. */
    double toleranceIn(Class<? extends TFloating> type) {
        double least = Attainable.least(type, ROUNDINGS);
        if (tolerance < least && tolerance != TOLERANCE) {
            Attainable.tell("Krylov tolerance", tolerance, type, ROUNDINGS);
        }
        return Math.max(tolerance, least);
    }
}
