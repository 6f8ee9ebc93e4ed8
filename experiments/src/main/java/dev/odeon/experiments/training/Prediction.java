package dev.odeon.experiments.training;

import dev.odeon.solvers.Method;
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

    /**
     * How the judgement on data that were not trained went: told only where a solve failed, in which case its figures are no
     * numbers.
     *
     * @param judged what should have been judged, in words
     * @param method of the solve
     */
    public static Optional<Prediction> ofTest(Outcome outcome, String judged, Method method) {
        return outcome.successful()
                ? Optional.empty()
                : Optional.of(
                        new Prediction(outcome, judged + " were not judged", Optional.of(outcome.advice(method))));
    }
}
