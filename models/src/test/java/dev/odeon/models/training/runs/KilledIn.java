package dev.odeon.models.training.runs;

import dev.odeon.models.schedules.Moment;

/** Ends a run in the second iteration of an epoch, as a power failure would. */
public record KilledIn(int epoch) implements TrainingListener {

    @Override
    public void iteration(Moment moment, double learningRate, Iteration iteration) {
        if (moment.epoch() == epoch && moment.batch() == 1) {
            throw new IllegalStateException("killed");
        }
    }
}
