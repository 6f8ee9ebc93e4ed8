package dev.odeon.solvers.linear.report;

/** Why a linear solve gave no solution, by the code the graph carries; the greater code wins where two meet. */
public enum SolveFailure {
    /** It gave one. */
    NONE(0, "The linear system was solved."),
    /** I - alpha J is singular to the rounding of its element type. */
    SINGULAR(1, "I - alpha J is singular: change the step size, since 1 / alpha is an eigenvalue of J."),
    /** An iteration ended at its limit. */
    NOT_CONVERGED(
            2,
            "The Krylov iteration reached its limit before its tolerance: allow more iterations, give a"
                    + " preconditioner, or take a smaller step."),
    /** A method met a system it cannot solve, or an elimination lost its accuracy. */
    BREAKDOWN(
            3,
            "The linear solve broke down: use GMRES in place of CG or BiCGSTAB, a dense operator in place of a banded"
                    + " one, or a smaller step.");

    private final int code;
    private final String advice;

    SolveFailure(int code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    /** The number in the graph; zero means success. */
    public int code() {
        return code;
    }

    /** One sentence: what happened and what to try. */
    public String advice() {
        return advice;
    }

    /**
     * The failure of a number fetched from the graph.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SolveFailure ofCode(int code) {
        for (SolveFailure failure : values()) {
            if (failure.code == code) {
                return failure;
            }
        }
        throw new IllegalArgumentException(
                code + " is no failure of a linear solve: pass the number fetched from CheckedSolution.failure()");
    }
}
