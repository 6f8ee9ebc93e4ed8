package dev.odeon.experiments.pde;

import dev.odeon.experiments.training.Prediction;
import dev.odeon.solvers.EstimatedError;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a long prediction is of use: it reached its end, and its states are about as large as those of the data.
 *
 * <p>State by state nothing can be asked of it: a chaotic system forgets where it started. Its mean of u^2 stays, and is far from
 * the data if it is more than twice as large as those of the data and of the same windows, or less than half of both.
 *
 * @param outcome of the solve
 * @param reached the last time at which all states are numbers
 * @param end of the prediction
 * @param starts how many states it starts from
 * @param energy the mean of u^2 up to the time reached
 * @param truth that of the same windows
 * @param data that of all data
 */
record RolloutJudgement(
        Outcome outcome, double reached, double end, int starts, double energy, double truth, double data) {

    /** How much larger or smaller is far. */
    private static final double FAR = 2;

    /** Whether it is far from the data; so is what is no number. */
    boolean far() {
        return !(energy <= FAR * Math.max(truth, data) && energy >= Math.min(truth, data) / FAR);
    }

    /** The word for the summary. */
    String verdict() {
        return outcome.successful() ? far() ? "far from the data" : "like the data" : "failed";
    }

    /**
     * What is told at the end of a training.
     *
     * @param method of the solve
     * @param estimate the largest error that its steps estimated; empty where the method has no estimate
     */
    Prediction prediction(Method method, Optional<EstimatedError> estimate) {
        String figures = String.format(
                Locale.ROOT,
                "reached %.4g of %.4g units of time from %d unseen states; mean of u^2 %.4g, of the data %.4g",
                reached,
                end,
                starts,
                energy,
                data);
        String steps = estimate.map(error -> String.format(
                        Locale.ROOT, "; largest estimated error of a step %.1e of the state", error.relative()))
                .orElse("");
        // SUCCESS alone would read as praise where the states are far from all data.
        String judged = outcome.successful() && far() ? "; the solve succeeded, its states are far from the data" : "";
        return new Prediction(
                outcome, figures + steps + judged, caution(method).or(() -> estimate.flatMap(EstimatedError::advice)));
    }

    private Optional<String> caution(Method method) {
        if (!outcome.successful()) {
            return Optional.of("The trained model is unstable over " + number(end) + " units of time. "
                    + outcome.advice(method) + " Or train for more epochs, or on longer windows (--time).");
        }
        if (far()) {
            return Optional.of("The prediction is far from the data: its mean of u^2 is " + number(energy)
                    + ", where half to twice that of the data, " + number(Math.min(truth, data) / FAR) + " to "
                    + number(FAR * Math.max(truth, data))
                    + ", is expected. Train for more epochs, on more data or on longer windows (--time).");
        }
        return Optional.empty();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
