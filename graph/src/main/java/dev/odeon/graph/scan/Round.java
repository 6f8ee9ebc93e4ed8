package dev.odeon.graph.scan;

import dev.odeon.graph.Values;
import java.util.Objects;

/**
 * What one round of a scan gives.
 *
 * @param carried into the next round: the names, types and shapes that came in
 * @param outputs of this round, each of which becomes one row of a table
 * @param told what is counted on the way forward
 * @param toldBack what is counted on the way back, where it is asked after the gradients of the round were added
 */
public record Round(Values carried, Values outputs, Tally told, Tally toldBack) {

    public Round {
        Objects.requireNonNull(carried, "carried");
        Objects.requireNonNull(outputs, "outputs");
        Objects.requireNonNull(told, "told");
        Objects.requireNonNull(toldBack, "toldBack");
    }

    /** A round that only carries values on. */
    public static Round of(Values carried) {
        return new Round(carried, Values.empty(), Tally.unchanged(), Tally.unchanged());
    }

    /** The same round with outputs. */
    public Round withOutputs(Values rows) {
        return new Round(carried, rows, told, toldBack);
    }

    /** The same round, which counts on the way forward. */
    public Round withTold(Tally tally) {
        return new Round(carried, outputs, tally, toldBack);
    }

    /** The same round, which counts on the way back. */
    public Round withToldBack(Tally tally) {
        return new Round(carried, outputs, told, tally);
    }
}
