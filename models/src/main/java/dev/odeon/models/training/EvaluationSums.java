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
        weight += iteration.weight();
        loss += iteration.weight() * iteration.loss();
        nfe += iteration.nfeForward();
        iteration.metrics().forEach((name, value) -> metrics.merge(name, iteration.weight() * value, Double::sum));
        return iteration.verdict();
    }

    Evaluation failed(Outcome outcome) {
        return new Evaluation(outcome, loss / weight, nfe);
    }

    Evaluation mean(Criterion criterion) {
        metrics.replaceAll((name, sum) -> sum / weight);
        return new Evaluation(Outcome.SUCCESS, loss / weight, criterion.of(loss / weight, metrics), nfe, metrics);
    }
}
