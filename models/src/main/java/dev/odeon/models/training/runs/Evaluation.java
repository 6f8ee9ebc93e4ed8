package dev.odeon.models.training.runs;

import dev.odeon.solvers.Outcome;
import java.util.Map;
import java.util.Objects;

/**
 * How good the parameters are on data they were not trained on.
 *
 * @param outcome SUCCESS, or that of the first solve that failed
 * @param loss on that data
 * @param criterion what the best epoch has least of: the loss, or a negative accuracy
 * @param nfe evaluations of the nonlinear part that this took
 * @param metrics further figures by name
 */
public record Evaluation(Outcome outcome, double loss, double criterion, long nfe, Map<String, Double> metrics) {

    public Evaluation {
        Objects.requireNonNull(outcome, "outcome");
        metrics = Map.copyOf(metrics);
    }

    /** With the loss as criterion and nothing further. */
    public Evaluation(Outcome outcome, double loss, long nfe) {
        this(outcome, loss, loss, nfe, Map.of());
    }

    /** The outcome, or {@link Outcome#NON_FINITE} if only the loss or the criterion is not a number. */
    public Outcome verdict() {
        boolean finite = Double.isFinite(loss) && Double.isFinite(criterion);
        return outcome == Outcome.SUCCESS && !finite ? Outcome.NON_FINITE : outcome;
    }
}
