package dev.odeon.models.grand;

/** What follows the first dense layer, before the diffusion. */
public enum Encoding {
    /** Nothing. */
    PLAIN,
    /** Batch normalisation over the nodes. */
    BATCH_NORMALISED
}
