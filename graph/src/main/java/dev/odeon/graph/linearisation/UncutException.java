package dev.odeon.graph.linearisation;

/** A function cannot be cut; the message says why, and whoever asked for the cut says what to do instead. */
public final class UncutException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UncutException(String because) {
        super(because);
    }
}
