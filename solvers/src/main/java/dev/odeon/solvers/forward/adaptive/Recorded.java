package dev.odeon.solvers.forward.adaptive;

/**
 * What a loop records of its accepted steps beside their times and sizes.
 *
 * @param states how the states before the steps are kept
 * @param rows how many of them, where they are {@link States#SOME}
 * @param stages how many states of stages are kept with each, where they are {@link States#ALL}
 */
public record Recorded(States states, int rows, int stages) {

    /** How states are kept. */
    public enum States {
        /** All, one row for each step there may be. */
        ALL,
        /** As many as there are rows, spread by {@link Checkpoints}. */
        SOME,
        /** None. */
        NONE
    }

    /** All states. */
    public static Recorded all() {
        return new Recorded(States.ALL, 0, 0);
    }

    /**
     * All states, with the states of the stages beside them.
     *
     * @param stages that the engine shows of a step
     */
    public static Recorded allWithStages(int stages) {
        return new Recorded(States.ALL, 0, stages);
    }

    /** Some states. */
    public static Recorded some(int rows) {
        return new Recorded(States.SOME, rows, 0);
    }

    /** No state. */
    public static Recorded none() {
        return new Recorded(States.NONE, 0, 0);
    }
}
