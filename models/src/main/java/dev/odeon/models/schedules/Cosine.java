package dev.odeon.models.schedules;

/**
 * Half a cosine wave, from the first learning rate down to zero at the end of the run.
 *
 * <p>rate (1 + cos(pi progress)) / 2. Source: Loshchilov, Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts,
 * 2017, without the restarts.
 *
 * @param rate the first one, positive
 */
public record Cosine(double rate) implements Schedule {

    public Cosine {
        Rates.require(rate);
    }

    @Override
    public double rate(Moment moment) {
        return rate * (1 + Math.cos(Math.PI * Math.min(1, moment.progress()))) / 2;
    }
}
