package dev.odeon.graph.scan;

import dev.odeon.graph.Values;
import org.tensorflow.op.Ops;

/** Numbers that are kept over the rounds of a scan and on which nothing else depends: counts and outcomes. */
@FunctionalInterface
public interface Tally {

    /**
     * Adds the numbers after a round.
     *
     * @param before the numbers before it
     * @return the same names, types and shapes
     */
    Values after(Ops tf, Values before);

    /** A tally that stays as it is. */
    static Tally unchanged() {
        return (tf, before) -> before;
    }
}
