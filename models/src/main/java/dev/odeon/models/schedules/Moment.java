package dev.odeon.models.schedules;

/**
 * How far a run has come when an iteration begins.
 *
 * @param epoch from one
 * @param batch from zero
 * @param batches of an epoch
 * @param epochs of the whole run
 */
public record Moment(int epoch, int batch, int batches, int epochs) {

    public Moment {
        if (epoch < 1 || batch < 0 || batches < 1 || epochs < 1) {
            throw new IllegalArgumentException("batch " + batch + " of " + batches + " in epoch " + epoch + " of "
                    + epochs + ": count epochs from one, batches from zero");
        }
    }

    /** How many iterations came before. */
    public long iteration() {
        return (long) (epoch - 1) * batches + batch;
    }

    /** How much of the whole run is done, from 0 to 1. */
    public double progress() {
        return (epoch - 1 + (double) batch / batches) / epochs;
    }
}
