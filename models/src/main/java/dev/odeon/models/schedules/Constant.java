package dev.odeon.models.schedules;

/**
 * The same learning rate throughout.
 *
 * @param rate positive
 */
public record Constant(double rate) implements Schedule {

    public Constant {
        Rates.require(rate);
    }

    @Override
    public boolean extendable() {
        return true;
    }

    @Override
    public double rate(Moment moment) {
        return rate;
    }
}
