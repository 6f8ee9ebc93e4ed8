package dev.odeon.models.training.runs;

import dev.odeon.solvers.Outcome;
import java.util.List;

/**
 * What one solve of an iteration reported.
 *
 * @param outcomes one, or one for each sample that counts where each has its own steps
 * @param nfeForward evaluations of the nonlinear part, summed over such samples
 * @param nfeBackward evaluations in the gradient; zero in an evaluation
 */
public record SolveFigures(List<Outcome> outcomes, long nfeForward, long nfeBackward) {

    public SolveFigures {
        outcomes = List.copyOf(outcomes);
    }

    /** The worst: the first that is a failure, else EVENT if there is one, else SUCCESS. */
    public Outcome outcome() {
        return worst(outcomes);
    }

    static Outcome worst(List<Outcome> outcomes) {
        Outcome worst = Outcome.SUCCESS;
        for (Outcome outcome : outcomes) {
            if (!outcome.successful()) {
                return outcome;
            }
            if (outcome != Outcome.SUCCESS) {
                worst = outcome;
            }
        }
        return worst;
    }
}
