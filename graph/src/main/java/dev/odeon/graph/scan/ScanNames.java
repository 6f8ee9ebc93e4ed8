package dev.odeon.graph.scan;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;

/** The names under which the two loops of a scan carry and read their values. */
final class ScanNames {

    static final String ROUND = "round";
    /** Carried by the body. */
    static final String CARRIED = "carried/";
    /** Tables of what the body was given in each round. */
    static final String KEPT = "kept/";

    static final String OUTPUT = "output/";
    static final String TOLD = "told/";
    static final String CONSTANT = "constant/";
    static final String ROW = "row/";
    static final String TOLD_BACK = "back/";
    /** Before the name of a value the loss's gradient with respect to it. */
    static final String GRADIENT = "gradient of ";

    private ScanNames() {}

    /**
     * What the forward loop carries into its first round.
     *
     * @param kept those of the initial values that are kept of each round: all, or none
     */
    static Values start(Ops tf, int rounds, Values initial, Values kept, Values outputs, Values told) {
        Operand<?> first = tf.constant(0);
        return Values.of(ROUND, first)
                .and(initial.prefixed(CARRIED))
                .and(RowTables.like(tf, kept, rounds).prefixed(KEPT))
                .and(RowTables.like(tf, outputs, rounds).prefixed(OUTPUT))
                .and(told.prefixed(TOLD));
    }

    /** What all rounds read. */
    static Values read(Values constants, Values rows, Values toldBack) {
        return constants.prefixed(CONSTANT).and(rows.prefixed(ROW)).and(toldBack.prefixed(TOLD_BACK));
    }
}
