package dev.odeon.models.training;

import dev.odeon.solvers.Outcome;
import java.util.Map;

/**
 * What one run of the graph reported.
 *
 * @param loss of the batch, before the parameters changed
 * @param outcome of the solve
 * @param nfeForward evaluations of the nonlinear part in the solve
 * @param nfeBackward evaluations in its gradient; zero in an evaluation
 * @param metrics of the batch by name
 */
public record Iteration(double loss, Outcome outcome, long nfeForward, long nfeBackward, Map<String, Double> metrics) {

    public Iteration {
        metrics = Map.copyOf(metrics);
    }

    /** The outcome, or {@link Outcome#NON_FINITE} if only the loss is not a number. */
    public Outcome verdict() {
        return outcome == Outcome.SUCCESS && !Double.isFinite(loss) ? Outcome.NON_FINITE : outcome;
    }
}
