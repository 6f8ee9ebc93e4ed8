package dev.odeon.models.training.data;

/** What becomes of the last rows of an epoch where they do not fill a batch. */
public enum Remainder {
    /** They are left out of this epoch. */
    DROP,
    /**
     * They are filled up with repeated rows, whose weight is zero.
     *
     * <p>The objective has to use {@link BatchWeights}: then loss and gradient are those of the smaller batch.
     */
    PAD
}
