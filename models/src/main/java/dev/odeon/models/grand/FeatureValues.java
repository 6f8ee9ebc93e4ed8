package dev.odeon.models.grand;

/** What becomes of the numbers in the features. */
public enum FeatureValues {
    /** They stay. */
    AS_GIVEN,
    /** Every positive one becomes 1: which words occur, not how often. */
    BINARY
}
