package dev.odeon.experiments.training.session;

import dev.odeon.models.training.runs.EpochRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the losses of a run grew, though every iteration was good: the last training or validation loss is more than ten times
 * that of the first epoch.
 */
final class Divergence {

    /** How much larger is more than noise. */
    private static final double FAR = 10;

    private Divergence() {}

    /** What is told of it; empty for losses that did not grow so far, and for less than two epochs. */
    static Optional<String> caution(List<EpochRecord> epochs) {
        if (epochs.size() < 2) {
            return Optional.empty();
        }
        EpochRecord first = epochs.get(0);
        EpochRecord last = epochs.get(epochs.size() - 1);
        return grown("training", first.trainLoss(), last.trainLoss())
                .or(() -> grown("validation", first.validLoss(), last.validLoss()));
    }

    private static Optional<String> grown(String which, double first, double last) {
        // A first loss of zero can only grow, by rounding.
        return first > 0 && last > FAR * first
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "The losses diverged: the last %s loss, %.4g, is more than %.0f times that of the first epoch, %.4g."
                                + " Try a smaller learning rate (--rate).",
                        which,
                        last,
                        FAR,
                        first))
                : Optional.empty();
    }
}
