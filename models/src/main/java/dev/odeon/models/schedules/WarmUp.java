package dev.odeon.models.schedules;

import java.util.Map;
import java.util.Objects;

/**
 * Another schedule whose rate grows linearly at first: times (n + 1) / iterations in iteration n, counted from zero.
 *
 * <p>Source: Goyal and others, Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour, 2017.
 *
 * @param then the schedule that is reached after the warm-up
 * @param iterations of the warm-up, one or more
 */
public record WarmUp(Schedule then, long iterations) implements Schedule {

    public WarmUp {
        Objects.requireNonNull(then, "then");
        if (iterations < 1) {
            throw new IllegalArgumentException(
                    "The warm-up takes " + iterations + " iterations: give 1 or more, or leave it out");
        }
    }

    @Override
    public boolean extendable() {
        return then.extendable();
    }

    @Override
    public double rate(Moment moment) {
        double rate = then.rate(moment);
        long done = moment.iteration() + 1;
        return done < iterations ? rate * done / iterations : rate;
    }

    @Override
    public void observe(double validLoss) {
        then.observe(validLoss);
    }

    @Override
    public Map<String, Double> state() {
        return then.state();
    }

    @Override
    public void restore(Map<String, Double> state) {
        then.restore(state);
    }
}
