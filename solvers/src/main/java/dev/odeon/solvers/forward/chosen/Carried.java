package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;

/** The names of what goes from round to round. */
final class Carried {

    static final String STATE = LoopNames.STATE;
    /** The offset from the start of the solve. */
    static final String TIME = "time";

    static final String SIZE = "size";
    static final String LAST_ERROR = "last error";
    static final String ERROR_BEFORE = "error before";
    static final String MEMORY = LoopNames.MEMORY;
    static final String OUTCOME = LoopNames.OUTCOME;
    static final String ACCEPTED = "accepted";
    static final String REJECTED = "rejected";
    static final String TRIED = "tried";
    static final String KEPT = LoopNames.KEPT;
    static final String NEXT = "next";
    static final String RECORDED = "recorded";
    static final String LADDER = "ladder/";
    static final String RUNG = "rung";
    static final String POSITION = "position";

    /** What the outcome says until there is one. */
    static final int RUNNING = -1;

    private Carried() {}

    /** Which times of the controller are still on their way. */
    static Operand<TBool> running(Ops tf, Values carried) {
        return tf.math.equal(carried.get(OUTCOME, TInt32.class), tf.constant(RUNNING));
    }

    /** Whether any is. */
    static Operand<TBool> anyRunning(Ops tf, Values carried) {
        Operand<TBool> running = running(tf, carried);
        return tf.reduceAny(running, tf.range(tf.constant(0), tf.rank(running), tf.constant(1)));
    }

    /** A count, one higher where something happened. */
    static Operand<TInt32> counted(Ops tf, Values carried, String name, Operand<TBool> happened) {
        return tf.math.add(carried.get(name, TInt32.class), tf.dtypes.cast(happened, TInt32.class));
    }
}
