package dev.odeon.experiments.training;

import dev.odeon.solvers.Outcome;
import java.util.Objects;
import java.util.Optional;

/**
 * How a long prediction with the trained parameters went; a training that succeeded may well predict nothing of use.
 *
 * @param outcome of its solve
 * @param figures how far it came and how it compares with the data, in a line
 * @param caution what is wrong with it and what to try; empty if nothing is
 */
public record Prediction(Outcome outcome, String figures, Optional<String> caution) {

    public Prediction {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(caution, "caution");
        if (!outcome.successful() && caution.isEmpty()) {
            throw new IllegalArgumentException(
                    "A prediction that ended with " + outcome + " has no caution: say what to try");
        }
    }
}
