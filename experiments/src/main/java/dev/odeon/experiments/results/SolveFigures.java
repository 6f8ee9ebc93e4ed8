package dev.odeon.experiments.results;

import dev.odeon.solvers.Outcome;

/**
 * What a solve gave and what it cost, as counted in the graph.
 *
 * @param states at the kept times, [times, batch, ...], row by row
 * @param nfe evaluations of the field, or of its nonlinear part where the method treats J separately
 * @param linearSolves solves with a factor
 * @param factorizations factors made
 * @param iterations rounds of the nonlinear solver
 * @param accepted steps taken
 * @param rejected steps thrown away
 * @param medianMillis of the measured runs
 */
public record SolveFigures(
        double[] states,
        Outcome outcome,
        int nfe,
        int linearSolves,
        int factorizations,
        int iterations,
        int accepted,
        int rejected,
        double medianMillis) {

    /** The last numbers: the batch at the last kept time. */
    public double[] last(int width) {
        return java.util.Arrays.copyOfRange(states, states.length - width, states.length);
    }
}
