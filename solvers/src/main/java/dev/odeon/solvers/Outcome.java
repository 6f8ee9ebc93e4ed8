package dev.odeon.solvers;

/** How a solve ended, with what to try when it failed. */
public enum Outcome {
    /** The end of the interval was reached. */
    SUCCESS(0, "The solve reached the end of its interval."),
    /** A state held an infinity or a NaN. */
    NON_FINITE(
            1,
            "The state became infinite or NaN: take a smaller step, move the stiff part into the linear operator of a"
                    + " SplitField and use an IMEX method, or lower the learning rate.");

    private final int code;
    private final String advice;

    Outcome(int code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    /** The number by which the graph reports this outcome. */
    public int code() {
        return code;
    }

    /** One sentence: what happened and what to try. */
    public String advice() {
        return advice;
    }

    /** The outcome of a number fetched from the graph. */
    public static Outcome ofCode(int code) {
        for (Outcome outcome : values()) {
            if (outcome.code == code) {
                return outcome;
            }
        }
        throw new IllegalArgumentException(code + " is no outcome: pass the number fetched from Solution.outcome()");
    }
}
