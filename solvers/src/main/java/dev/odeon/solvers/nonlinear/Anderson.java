package dev.odeon.solvers.nonlinear;

import dev.odeon.solvers.tolerances.Tolerance;

/**
 * Fixed point iteration with Anderson acceleration: no Jacobian, one evaluation an iteration.
 *
 * <p>For mildly stiff fields and large states. Source: Walker, Ni, Anderson acceleration for fixed-point iterations, 2011.
 *
 * @param depth how many former iterates are combined; zero is plain fixed point iteration
 */
public record Anderson(double tolerance, Tolerance absolute, int maxIterations, int depth) implements NonlinearSolver {
    public Anderson {
        NonlinearSolver.require(tolerance, absolute, maxIterations);
        if (depth < 0) {
            throw new IllegalArgumentException("The depth is " + depth + ": combine zero former iterates or more");
        }
    }

    /** With the same tolerance relative and absolute. */
    public Anderson(double tolerance, int maxIterations, int depth) {
        this(tolerance, Tolerance.of(tolerance), maxIterations, depth);
    }

    /** Depth 5, up to 60 iterations. */
    public static Anderson standard() {
        return new Anderson(1e-10, 60, 5);
    }

    @Override
    public Anderson withAbsolute(double... ofComponents) {
        return withAbsolute(Tolerance.of(ofComponents));
    }

    @Override
    public Anderson withAbsolute(Tolerance other) {
        return new Anderson(tolerance, other, maxIterations, depth);
    }
}
