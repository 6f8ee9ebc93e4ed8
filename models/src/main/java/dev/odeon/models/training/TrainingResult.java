package dev.odeon.models.training;

import dev.odeon.solvers.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a training run went.
 *
 * @param epochs the figures of all finished epochs, also those before a resumption
 * @param outcome SUCCESS, or that of the solve, in training or validation, at which training had to stop
 */
public record TrainingResult(List<EpochRecord> epochs, Outcome outcome) {

    public TrainingResult {
        epochs = List.copyOf(epochs);
    }

    /**
     * The epoch with the least criterion, the first of several.
     *
     * @throws IllegalStateException if no epoch was finished
     */
    public EpochRecord best() {
        return best(epochs).orElseThrow(() -> new IllegalStateException("No epoch was finished: " + outcome.advice()));
    }

    /** The one comparison by which the best epoch is found; what is not a number is worse than all numbers. */
    static Optional<EpochRecord> best(List<EpochRecord> epochs) {
        return epochs.stream().min(Comparator.comparingDouble(EpochRecord::criterion));
    }

    /**
     * The last epoch.
     *
     * @throws IllegalStateException if no epoch was finished
     */
    public EpochRecord last() {
        if (epochs.isEmpty()) {
            throw new IllegalStateException("No epoch was finished: " + outcome.advice());
        }
        return epochs.get(epochs.size() - 1);
    }
}
