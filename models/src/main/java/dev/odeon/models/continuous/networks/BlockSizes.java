package dev.odeon.models.continuous.networks;

import dev.odeon.models.continuous.ModelKind;

/**
 * The sizes of a model and its networks.
 *
 * @param features channels of what comes in
 * @param channels of h, at least as many as there are features
 * @param hidden channels between the layers of a network
 */
public record BlockSizes(int features, int channels, int hidden) {

    public BlockSizes {
        if (features < 1 || hidden < 1 || channels < features) {
            throw new IllegalArgumentException("A model has " + features + " features, " + channels + " channels and "
                    + hidden + " hidden ones: give positive numbers, and at least as many channels as features");
        }
    }

    /** Channels that a kind of model starts with and that are not features. */
    int missing(ModelKind kind) {
        return kind.startChannels(channels) - features;
    }
}
