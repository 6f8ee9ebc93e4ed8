/**
 * Small labelled images: MNIST and CIFAR-10.
 *
 * <p>Start with {@link dev.odeon.datasets.images.Mnist} or {@link dev.odeon.datasets.images.Cifar10}; both give
 * {@link dev.odeon.datasets.images.ImageSet}s, which become tensors of shape [N, height, width, channels].
 * {@link dev.odeon.datasets.images.PixelNormalisation} is fitted on the training images.
 *
 * <p>Neighbours: {@code archives} opens the files.
 */
@NullMarked
package dev.odeon.datasets.images;

import org.jspecify.annotations.NullMarked;
