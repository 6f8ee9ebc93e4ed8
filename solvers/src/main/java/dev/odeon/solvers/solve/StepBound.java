package dev.odeon.solvers.solve;

/**
 * How many steps a loop takes.
 *
 * @param most so many at most
 * @param kind whether it takes exactly so many if all goes well
 */
public record StepBound(int most, Kind kind) {

    /** Whether the number of steps is known before the solve. */
    public enum Kind {
        /** It is. */
        KNOWN,
        /** The sizes are chosen during the solve. */
        CHOSEN
    }
}
