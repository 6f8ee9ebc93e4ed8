package dev.odeon.models.training;

import java.util.Map;

/** What the best epoch has least of. */
public sealed interface Criterion {

    /** The validation loss. */
    Criterion LOSS = new ValidationLoss();

    /** The least is best. */
    double of(double loss, Map<String, Double> metrics);

    /** The validation loss. */
    record ValidationLoss() implements Criterion {
        @Override
        public double of(double loss, Map<String, Double> metrics) {
            return loss;
        }
    }

    /**
     * A metric that should be high, such as an accuracy.
     *
     * @param metric its name in {@link Score#metrics()} of an evaluation
     */
    record Highest(String metric) implements Criterion {
        @Override
        public double of(double loss, Map<String, Double> metrics) {
            return -Criterion.named(metric, metrics);
        }
    }

    /**
     * A metric that should be low, such as an error.
     *
     * @param metric its name in {@link Score#metrics()} of an evaluation
     */
    record Lowest(String metric) implements Criterion {
        @Override
        public double of(double loss, Map<String, Double> metrics) {
            return Criterion.named(metric, metrics);
        }
    }

    private static double named(String metric, Map<String, Double> metrics) {
        Double value = metrics.get(metric);
        if (value == null) {
            throw new IllegalArgumentException(
                    "No metric is called '" + metric + "'; there are " + metrics.keySet() + ": name one of them");
        }
        return value;
    }
}
