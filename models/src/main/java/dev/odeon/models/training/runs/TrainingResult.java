package dev.odeon.models.training.runs;

import dev.odeon.solvers.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a training run went.
 *
 * @param epochs the figures of all finished epochs, also those before a resumption
 * @param ending why there are no more
 */
public record TrainingResult(List<EpochRecord> epochs, Ending ending) {

    public TrainingResult {
        epochs = List.copyOf(epochs);
        Objects.requireNonNull(ending, "ending");
    }

    /** SUCCESS, or the outcome of the solve, in training or validation, at which training had to stop. */
    public Outcome outcome() {
        return ending.outcome();
    }

    /**
     * The epoch with the least criterion, the first of several.
     *
     * @throws IllegalStateException if no epoch was finished
     */
    public EpochRecord best() {
        return best(epochs).orElseThrow(this::unfinished);
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
            throw unfinished();
        }
        return epochs.get(epochs.size() - 1);
    }

    private IllegalStateException unfinished() {
        return new IllegalStateException("No epoch was finished: " + outcome().advice());
    }
}
