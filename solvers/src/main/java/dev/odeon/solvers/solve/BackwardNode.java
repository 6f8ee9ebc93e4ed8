package dev.odeon.solvers.solve;

import org.jspecify.annotations.Nullable;

/**
 * Where the way back of a solve counts, by name: a rule for gradients must not hold operations.
 *
 * @param name of the loop's node
 * @param nfe index of the output that counts evaluations
 * @param solves index of the output that counts linear solves
 * @param recomputed index of the output that counts steps taken again
 * @param reconstructed index of the output that holds the initial state as found on the way back; negative if there is none
 * @param outcome name of the operation that holds the outcome of the way back, [batch]; null if it cannot fail by itself
 */
public record BackwardNode(
        String name,
        int nfe,
        int solves,
        int recomputed,
        int reconstructed,
        @Nullable String outcome) {}
