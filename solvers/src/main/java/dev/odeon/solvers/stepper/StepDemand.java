package dev.odeon.solvers.stepper;

/** What the loop asks of a step beyond the next state. */
public enum StepDemand {
    /** Nothing. */
    STATE,
    /** An error estimate, where the method has one. */
    ERROR,
    /** An error estimate and dense output. */
    DENSE
}
