package dev.odeon.models.training;

import dev.odeon.models.training.runs.Evaluation;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.solvers.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where an evaluation stands that is still going on. */
final class EvaluationSums {

    private double weight;
    private double loss;
    private long nfe;
    private final Map<String, Double> metrics = new LinkedHashMap<>();

    Outcome add(Iteration iteration) {
        nfe += iteration.nfeForward();
        if (iteration.weight() == 0 && iteration.outcome().successful()) {
            // Means over no weight are not numbers, and count nothing.
            return Outcome.SUCCESS;
        }
        weight += iteration.weight();
        loss += iteration.weight() * iteration.loss();
        iteration.metrics().forEach((name, value) -> metrics.merge(name, iteration.weight() * value, Double::sum));
        return iteration.verdict();
    }

    Evaluation failed(Outcome outcome) {
        return new Evaluation(outcome, loss / weight, nfe);
    }

    /**
     * The means.
     *
     * @throws IllegalArgumentException if the batches weigh nothing together
     */
    Evaluation mean(Criterion criterion) {
        if (weight == 0) {
            throw new IllegalArgumentException(
                    "The batches of the evaluation weigh 0 together, so that there is no loss: "
                            + "give validation rows whose weight is not 0");
        }
        metrics.replaceAll((name, sum) -> sum / weight);
        return new Evaluation(Outcome.SUCCESS, loss / weight, criterion.of(loss / weight, metrics), nfe, metrics);
    }
}
