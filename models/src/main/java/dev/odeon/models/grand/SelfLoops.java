package dev.odeon.models.grand;

/** Whether each node pays attention to itself. */
public enum SelfLoops {
    /** An edge from each node to itself is added where there is none. */
    ADDED,
    /** The edges stay as they are. */
    AS_GIVEN
}
