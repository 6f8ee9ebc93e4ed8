package dev.odeon.models.schedules;

import java.util.Map;

/**
 * The learning rate as a function of time, perhaps of how training goes.
 *
 * <p>A schedule belongs to one run. Whatever it remembers is in {@link #state}, so that a resumed run goes on as if it had
 * never stopped.
 */
public interface Schedule {

    /** The learning rate of an iteration. */
    double rate(Moment moment);

    /**
     * Whether its rates are the same however many epochs follow: only then a finished run that is given more of them is, to the
     * bit, the run that had them from the start.
     *
     * @return false unless the schedule says otherwise
     */
    default boolean extendable() {
        return false;
    }

    /** Takes note of the validation loss at the end of an epoch. */
    default void observe(double validLoss) {}

    /** What the schedule remembers, for a checkpoint; empty if it depends on time alone. */
    default Map<String, Double> state() {
        return Map.of();
    }

    /**
     * Goes back to a remembered state.
     *
     * @param state from {@link #state} of a schedule of the same kind
     * @throws IllegalArgumentException if it is the state of another kind of schedule
     */
    default void restore(Map<String, Double> state) {
        if (!state.isEmpty()) {
            throw new IllegalArgumentException("The schedule " + this + " has no state, but the checkpoint holds "
                    + state.keySet() + ": use the schedule of the former run");
        }
    }
}
