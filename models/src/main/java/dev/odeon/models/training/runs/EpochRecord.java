package dev.odeon.models.training.runs;

import dev.odeon.solvers.Outcome;
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
 * @param nfeForward evaluations of the nonlinear part, counted in the graph
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

    /** Where an epoch stands that is still going on. */
    static final class Sums {
        private double loss;
        private double weight;
        private int skipped;
        private long nfeForward;
        private long nfeBackward;

        Outcome add(Iteration iteration) {
            nfeForward += iteration.nfeForward();
            nfeBackward += iteration.nfeBackward();
            Outcome verdict = iteration.verdict();
            if (verdict == Outcome.SUCCESS) {
                loss += iteration.weight() * iteration.loss();
                weight += iteration.weight();
            }
            return verdict;
        }

        void skip() {
            skipped++;
        }

        int skipped() {
            return skipped;
        }

        double meanLoss() {
            return loss / weight;
        }

        EpochRecord finish(int epoch, double learningRate, double seconds, Evaluation evaluation) {
            return new EpochRecord(
                    epoch,
                    learningRate,
                    meanLoss(),
                    evaluation.loss(),
                    evaluation.criterion(),
                    nfeForward,
                    nfeBackward,
                    evaluation.nfe(),
                    seconds,
                    skipped,
                    evaluation.metrics());
        }
    }
}
