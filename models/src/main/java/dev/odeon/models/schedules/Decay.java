package dev.odeon.models.schedules;

/**
 * A rate that falls by the same factor in every iteration: rate factor^n in iteration n, counted from zero.
 *
 * @param rate the first one, positive
 * @param factor more than 0, at most 1
 */
public record Decay(double rate, double factor) implements Schedule {

    public Decay {
        Rates.require(rate);
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("The factor is " + factor + ": give a number above 0, at most 1");
        }
    }

    @Override
    public boolean extendable() {
        return true;
    }

    @Override
    public double rate(Moment moment) {
        return rate * Math.pow(factor, (double) moment.iteration());
    }
}
