package dev.odeon.solvers;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;

/**
 * What a solve cost, counted in the graph while it runs; scalars to fetch.
 *
 * @param nfe evaluations of the nonlinear part
 * @param linearSolves solves with a factor, each for the whole batch
 * @param factorizations factors of I - alpha J, made before the loop
 * @param accepted steps taken
 */
public record Statistics(
        Operand<TInt32> nfe, Operand<TInt32> linearSolves, Operand<TInt32> factorizations, Operand<TInt32> accepted) {}
