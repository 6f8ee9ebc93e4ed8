package dev.odeon.solvers.steps;

/** Who chooses the step sizes: {@link KnownSteps} before the solve, {@link PidController} during it. */
public sealed interface StepControl permits KnownSteps, PidController {}
