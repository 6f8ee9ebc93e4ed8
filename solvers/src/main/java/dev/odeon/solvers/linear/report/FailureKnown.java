package dev.odeon.solvers.linear.report;

/** When an operator knows that a system cannot be solved. */
public enum FailureKnown {
    /** With its factor, once for all solves. */
    BY_FACTOR,
    /** In each solve: an iteration finds out. */
    BY_SOLVE
}
