package dev.odeon.experiments.bench.adjoint;

/**
 * How much is spent on a measurement.
 *
 * @param repeats measured runs after the first one
 * @param capMillis after which no further run begins
 * @param tracedSteps most steps of which the allocations are recorded
 */
record Limits(int repeats, double capMillis, int tracedSteps) {}
