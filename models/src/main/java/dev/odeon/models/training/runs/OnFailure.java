package dev.odeon.models.training.runs;

/**
 * What becomes of a run when an iteration fails: its solve, its loss or a gradient.
 *
 * <p>A failed iteration changes no parameter in any case. Where gradients are joined and it was to use them, those of the
 * iterations before it are used without its own, if the run goes on.
 *
 * @param skips how many failed iterations of the whole run are passed over before one ends it
 */
public record OnFailure(int skips) {

    /** The first one ends the run. */
    public static final OnFailure STOP = new OnFailure(0);

    public OnFailure {
        if (skips < 0) {
            throw new IllegalArgumentException(skips + " failed iterations are passed over: give 0 or more");
        }
    }

    /** Some are passed over, such as batches with an outlier. */
    public static OnFailure skip(int atMost) {
        return new OnFailure(atMost);
    }
}
