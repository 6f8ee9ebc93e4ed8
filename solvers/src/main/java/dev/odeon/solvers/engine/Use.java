package dev.odeon.solvers.engine;

/** What the loop asks of a step beyond the next state. */
public enum Use {
    /** Nothing: the sizes are fixed. */
    FIXED,
    /** An error estimate. */
    ADAPTIVE,
    /** An error estimate and dense output. */
    DENSE
}
