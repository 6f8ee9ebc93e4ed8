package dev.odeon.models.grand;

/** What graph diffusion adds besides the attention. */
public enum Source {
    /** Nothing. */
    NONE,
    /** beta u(0) with a trainable number beta, which starts at zero: keeps nodes from all becoming the same. */
    INITIAL_STATE
}
