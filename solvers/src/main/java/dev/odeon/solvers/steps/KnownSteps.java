package dev.odeon.solvers.steps;

/** Steps whose sizes are known before the solve. */
public sealed interface KnownSteps extends StepControl permits FixedSteps, StepsPerInterval {

    /**
     * All steps of a solve.
     *
     * @throws IllegalArgumentException if there are more than the rows to keep them in
     */
    TimeGrid grid(SaveAt saveAt);
}
