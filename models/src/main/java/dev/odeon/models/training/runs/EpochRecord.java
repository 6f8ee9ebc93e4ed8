package dev.odeon.models.training.runs;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one epoch.
 *
 * @param epoch from one
 * @param learningRate of its first iteration
 * @param trainLoss mean over its good iterations, weighted as their batches are
 * @param validLoss after its last iteration
 * @param criterion what the best epoch has least of
 * @param iterations of the epoch, failed ones among them
 * @param nfeForward evaluations of the nonlinear part in all iterations, counted in the graph
 * @param nfeBackward those of the gradients: counted in the graph by the adjoint; backpropagation pulls back each
 *     evaluation once by construction, so there it is the forward count
 * @param nfeEvaluation those of the validation
 * @param seconds of the iterations, without the validation
 * @param skipped iterations that failed and were passed over
 * @param metrics of the validation by name
 */
public record EpochRecord(
        int epoch,
        double learningRate,
        double trainLoss,
        double validLoss,
        double criterion,
        int iterations,
        long nfeForward,
        long nfeBackward,
        long nfeEvaluation,
        double seconds,
        int skipped,
        Map<String, Double> metrics) {

    public EpochRecord {
        // Sorted, so that files list them in one order.
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** The mean of {@link #nfeForward} over the iterations: what one way forward cost. */
    public double nfeForwardPerIteration() {
        return (double) nfeForward / iterations;
    }

    /** The mean of {@link #nfeBackward} over the iterations: what one way back cost. */
    public double nfeBackwardPerIteration() {
        return (double) nfeBackward / iterations;
    }
}
