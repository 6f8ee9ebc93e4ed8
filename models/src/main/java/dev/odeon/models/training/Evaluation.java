package dev.odeon.models.training;

import java.util.Map;

/**
 * How good the parameters are on data they were not trained on.
 *
 * @param loss on that data
 * @param criterion what the best epoch has least of: the loss, or a negative accuracy
 * @param nfe evaluations of the nonlinear part that this took
 * @param metrics further figures by name
 */
public record Evaluation(double loss, double criterion, long nfe, Map<String, Double> metrics) {

    public Evaluation {
        metrics = Map.copyOf(metrics);
    }

    /** With the loss as criterion and nothing further. */
    public Evaluation(double loss, long nfe) {
        this(loss, loss, nfe, Map.of());
    }
}
