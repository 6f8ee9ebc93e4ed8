package dev.odeon.models.schedules;

import java.util.Map;

/**
 * Multiplies the learning rate by a factor whenever the validation loss has stopped falling.
 *
 * <p>An epoch is good if its loss is below the best by one part in ten thousand. After more than {@code patience} bad
 * epochs in a row the rate is reduced and the count starts again, as in PyTorch's {@code ReduceLROnPlateau}.
 */
public final class ReduceOnPlateau implements Schedule {

    private static final double THRESHOLD = 1e-4;

    private final int patience;
    private final double factor;
    private double rate;
    private double best = Double.POSITIVE_INFINITY;
    private int badEpochs;

    /**
     * Starts at a learning rate.
     *
     * @param rate the first one, positive
     * @param patience how many bad epochs in a row are borne, not negative
     * @param factor between 0 and 1, both excluded
     */
    public ReduceOnPlateau(double rate, int patience, double factor) {
        Rates.require(rate);
        if (patience < 0) {
            throw new IllegalArgumentException("The patience is " + patience + ": give 0 epochs or more");
        }
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException("The factor is " + factor + ": give a number between 0 and 1");
        }
        this.rate = rate;
        this.patience = patience;
        this.factor = factor;
    }

    @Override
    public boolean extendable() {
        return true;
    }

    @Override
    public double rate(Moment moment) {
        return rate;
    }

    @Override
    public void observe(double validLoss) {
        // For a negative loss one part in ten thousand must still mean lower; a loss that is no number is a bad one.
        boolean better = Double.isInfinite(best) || validLoss < best - THRESHOLD * Math.abs(best);
        if (better && Double.isFinite(validLoss)) {
            best = validLoss;
            badEpochs = 0;
        } else if (++badEpochs > patience) {
            rate *= factor;
            badEpochs = 0;
        }
    }

    @Override
    public Map<String, Double> state() {
        return Map.of("rate", rate, "best", best, "badEpochs", (double) badEpochs);
    }

    @Override
    public void restore(Map<String, Double> state) {
        Double savedRate = state.get("rate");
        Double savedBest = state.get("best");
        Double savedEpochs = state.get("badEpochs");
        if (savedRate == null || savedBest == null || savedEpochs == null || state.size() != 3) {
            throw new IllegalArgumentException("The schedule " + this + " needs rate, best and badEpochs, but the "
                    + "checkpoint holds " + state.keySet() + ": use the schedule of the former run");
        }
        rate = savedRate;
        best = savedBest;
        badEpochs = savedEpochs.intValue();
    }

    @Override
    public String toString() {
        return "ReduceOnPlateau[patience=" + patience + ", factor=" + factor + "]";
    }
}
