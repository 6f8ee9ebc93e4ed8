package dev.odeon.datasets.formats;

import dev.odeon.datasets.images.ImageSet;

/**
 * Images of one size and the same classes.
 *
 * @param train the training images
 * @param test the test images
 */
public record TrainAndTestImages(ImageSet train, ImageSet test) {}
