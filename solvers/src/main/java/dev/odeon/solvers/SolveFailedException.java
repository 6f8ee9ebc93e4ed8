package dev.odeon.solvers;

/** A solve did not do what it was asked for; the message is the advice of its outcome. */
public final class SolveFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    /** Of a solve that failed. */
    public SolveFailedException(Outcome outcome) {
        super(outcome + ": " + outcome.advice());
        this.outcome = outcome;
    }

    /** How the solve ended. */
    public Outcome outcome() {
        return outcome;
    }
}
