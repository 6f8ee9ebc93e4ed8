package dev.odeon.models.training;

import dev.odeon.solvers.Outcome;
import java.util.Comparator;
import java.util.List;

/**
 * How a training run went.
 *
 * @param epochs the figures of all finished epochs, also those before a resumption
 * @param outcome SUCCESS, or that of the solve at which training had to stop
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
        return epochs.stream()
                .min(Comparator.comparingDouble(EpochRecord::criterion))
                .orElseThrow(() -> new IllegalStateException("No epoch was finished: " + outcome.advice()));
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
