package dev.odeon.models.grand;

import dev.odeon.datasets.graphs.SparseFeatures;

/** What becomes of the numbers in the features. */
public enum FeatureValues {
    /** They stay. */
    AS_GIVEN,
    /** Every positive one becomes 1: which words occur, not how often. */
    BINARY;

    SparseFeatures of(SparseFeatures features) {
        return switch (this) {
            case AS_GIVEN -> features;
            case BINARY -> features.binary();
        };
    }
}
