package dev.odeon.models.training.runs;

import dev.odeon.solvers.Outcome;
import java.util.List;
import java.util.Map;

/**
 * What one run of the graph reported.
 *
 * @param loss of the batch, before the parameters changed
 * @param weight of the batch in means over batches
 * @param good whether all solves succeeded and the loss, in training also every gradient, is finite
 * @param solves behind the loss
 * @param metrics of the batch by name
 */
public record Iteration(
        double loss, double weight, boolean good, List<SolveFigures> solves, Map<String, Double> metrics) {

    public Iteration {
        solves = List.copyOf(solves);
        metrics = Map.copyOf(metrics);
    }

    /** Of a model with one solve whose outcome its batch shares. */
    public Iteration(double loss, Outcome outcome, long nfeForward, long nfeBackward, Map<String, Double> metrics) {
        this(
                loss,
                1,
                outcome.successful() && Double.isFinite(loss),
                List.of(new SolveFigures(List.of(outcome), nfeForward, nfeBackward)),
                metrics);
    }

    /** The worst outcome of all solves and samples; SUCCESS where there was no solve. */
    public Outcome outcome() {
        return SolveFigures.worst(solves.stream().map(SolveFigures::outcome).toList());
    }

    /** Evaluations of all solves. */
    public long nfeForward() {
        return solves.stream().mapToLong(SolveFigures::nfeForward).sum();
    }

    /** Evaluations of all their gradients. */
    public long nfeBackward() {
        return solves.stream().mapToLong(SolveFigures::nfeBackward).sum();
    }

    /**
     * SUCCESS, the outcome of the solves if that is a failure, or {@link Outcome#NON_FINITE} if only the loss or a gradient
     * is not finite; in a failed iteration no parameter has changed.
     */
    public Outcome verdict() {
        Outcome outcome = outcome();
        if (!outcome.successful()) {
            return outcome;
        }
        return good ? Outcome.SUCCESS : Outcome.NON_FINITE;
    }
}
