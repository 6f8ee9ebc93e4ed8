package dev.odeon.solvers.nonlinear;

import dev.odeon.solvers.tolerances.Tolerance;
import java.util.Objects;

/**
 * A gradient method on the proximal objective, whose gradient is g(v) = v - known - alpha f(v).
 *
 * <p>No Jacobian, one evaluation an iteration; its stability does not bound the step of the method, which makes implicit
 * steps of very large states affordable. Where f is no gradient it works as a relaxed fixed point iteration. Source: Xia,
 * thesis, chapter 5, Proximal Implicit ODE Solvers for Accelerating Learning Neural ODEs.
 *
 * @param rule how the direction is made
 * @param rate the length of a step; below 2 / (1 + alpha |df/du|) for plain descent
 */
public record InnerOptimiser(double tolerance, Tolerance absolute, int maxIterations, Rule rule, double rate)
        implements NonlinearSolver {

    /** How the direction is made. */
    public enum Rule {
        /** The negative gradient. */
        GRADIENT_DESCENT,
        /** Nesterov's momentum (i - 1) / (i + 2). Source: Nesterov, 1983. */
        NESTEROV,
        /** Nesterov's momentum, restarted when the gradient opposes the last change. Source: O'Donoghue, Candes, 2015. */
        NESTEROV_RESTART,
        /** Momentum |g_i|^2 / |g_(i-1)|^2, at most one. Source: Fletcher, Reeves, 1964. */
        FLETCHER_REEVES,
        /** Two-loop recursion over the last five changes. Source: Liu, Nocedal, 1989. */
        LBFGS
    }

    public InnerOptimiser {
        NonlinearSolver.require(tolerance, absolute, maxIterations);
        Objects.requireNonNull(rule, "rule");
        if (!(rate > 0) || !Double.isFinite(rate)) {
            throw new IllegalArgumentException("The rate of the optimiser is " + rate + ": give a positive number");
        }
    }

    /** With the same tolerance relative and absolute. */
    public InnerOptimiser(double tolerance, int maxIterations, Rule rule, double rate) {
        this(tolerance, Tolerance.of(tolerance), maxIterations, rule, rate);
    }

    @Override
    public boolean proximal() {
        return true;
    }

    /** Fletcher-Reeves with rate 0.1, as in the thesis. */
    public static InnerOptimiser standard() {
        return new InnerOptimiser(5e-9, 1000, Rule.FLETCHER_REEVES, 0.1);
    }

    /** The same with another rule. */
    public InnerOptimiser with(Rule other) {
        return new InnerOptimiser(tolerance, absolute, maxIterations, other, rate);
    }

    /** The same with another tolerance, relative and absolute. */
    public InnerOptimiser withTolerance(double other) {
        return new InnerOptimiser(other, maxIterations, rule, rate);
    }

    /** The same with another rate, smaller where the iteration diverges. */
    public InnerOptimiser withRate(double other) {
        return new InnerOptimiser(tolerance, absolute, maxIterations, rule, other);
    }

    /** The same with another limit of iterations. */
    public InnerOptimiser withMaxIterations(int other) {
        return new InnerOptimiser(tolerance, absolute, other, rule, rate);
    }

    @Override
    public InnerOptimiser withAbsolute(double... ofComponents) {
        return withAbsolute(Tolerance.of(ofComponents));
    }

    @Override
    public InnerOptimiser withAbsolute(Tolerance other) {
        return new InnerOptimiser(tolerance, other, maxIterations, rule, rate);
    }
}
