package dev.odeon.experiments.bench.adjoint;

import dev.odeon.solvers.Outcome;

/**
 * What one forward solve with its gradient gave and what it cost.
 *
 * @param buildMillis to add solve, loss and gradient to a graph
 * @param firstMillis of the first run, in which TensorFlow also optimises the graph
 * @param medianMillis of the runs after it; of the first where there is no other
 * @param runs that the median is of
 * @param peakBytes by the allocators' records; negative if they were not kept
 * @param accepted steps taken
 * @param recomputedSteps steps taken again on the way back
 * @param nfe evaluations of the field, forward
 * @param nfeBackward and on the way back; negative if nobody counts them
 * @param gradient with respect to all parameters and the initial state, one after the other
 * @param reconstructionError relative distance of the initial state found on the way back; NaN if it was stored
 */
record GradientFigures(
        double buildMillis,
        double firstMillis,
        double medianMillis,
        int runs,
        long peakBytes,
        Outcome outcome,
        int accepted,
        int recomputedSteps,
        int nfe,
        int nfeBackward,
        double[] gradient,
        double reconstructionError) {}
