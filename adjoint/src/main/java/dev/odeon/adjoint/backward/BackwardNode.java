package dev.odeon.adjoint.backward;

import dev.odeon.graph.WhileLoop;
import org.tensorflow.GraphOperation;

/**
 * Where a backward loop counts, by name: a rule for gradients must not hold operations.
 *
 * @param name of the loop's node
 * @param nfe index of the output that counts evaluations
 * @param solves index of the output that counts linear solves
 * @param recomputed index of the output that counts steps taken again
 * @param reconstructed index of the output that holds the initial state as found on the way back; negative if there is none
 * @param outcome index of the output that holds the outcome of the way back; negative if it cannot fail by itself
 */
public record BackwardNode(String name, int nfe, int solves, int recomputed, int reconstructed, int outcome) {
    static BackwardNode of(GraphOperation operation, WhileLoop loop) {
        return new BackwardNode(
                operation.name(),
                loop.indexOf(Backward.NFE),
                loop.indexOf(Backward.SOLVES),
                loop.indexOf(Backward.RECOMPUTED),
                loop.carries(TakenSteps.STATE) ? loop.indexOf(TakenSteps.STATE) : -1,
                -1);
    }
}
