package dev.odeon.solvers.stepper;

/** What a loop counts while it runs. */
public enum Counter {
    /** Evaluations of the field, or of its nonlinear part where the method treats J separately. */
    EVALUATIONS("nfe"),
    /** Solves with a factor, each for the whole batch. */
    LINEAR_SOLVES("solves"),
    /** Factors made inside the loop. */
    FACTORIZATIONS("factorizations"),
    /** Rounds of the nonlinear solver. */
    NEWTON_ITERATIONS("newton iterations");

    private final String key;

    Counter(String key) {
        this.key = key;
    }

    /** The name of the carried value. */
    public String key() {
        return key;
    }
}
