package dev.odeon.solvers.forward;

/**
 * The names under which the loops of a solve carry their values: the one contract between forward loops, what observes
 * them, and what goes back over them.
 *
 * <p>Names that only one loop reads stay with that loop.
 */
public final class LoopNames {

    /** The state. */
    public static final String STATE = "state";

    /** Prefix of the stepper's memory, that of observers and of a reversible stepper included. */
    public static final String MEMORY = "memory/";

    /** The rows of the states that the user keeps. */
    public static final String KEPT = "kept";

    /** Prefix of the rows in which every step leaves something for the user; no step reads them. */
    public static final String ROWS = "rows/";

    /** The code of the {@link dev.odeon.solvers.Outcome}. */
    public static final String OUTCOME = "outcome";

    /** Prefix of what is stored of the steps for a gradient. */
    public static final String STORED = "stored/";

    /** The stored rows of the stages' states. */
    public static final String STORED_STAGES = STORED + "stages";

    /** Prefix of the stored rows of what the way back needs of the field's evaluations. */
    public static final String STORED_LINEARISATIONS = STORED + "linearisations/";

    /** Prefix of the field's parameters among the invariants. */
    public static final String THETA = "theta/";

    /** Prefix of the operator's data among the invariants. */
    public static final String LINEAR = "linear/";

    private LoopNames() {}

    /** The name of the stored rows of something that is carried from step to step. */
    public static String storedRows(String carried) {
        return STORED + carried;
    }
}
