/**
 * The networks inside models of continuous depth, as the papers have them: perceptrons for vectors, convolutions for images.
 *
 * <p>Start with {@link dev.odeon.models.continuous.networks.DenseBlock} and {@link
 * dev.odeon.models.continuous.networks.ConvolutionalBlock}, which make a whole {@link
 * dev.odeon.models.continuous.ContinuousModel} of a kind and sizes; {@link dev.odeon.models.continuous.networks.ReadOut} makes
 * classes of what they give. A network of your own is a {@code VectorField} and needs none of them.
 *
 * <p>Neighbours: {@code graph.layers} below, {@code models.continuous} beside.
 */
@NullMarked
package dev.odeon.models.continuous.networks;

import org.jspecify.annotations.NullMarked;
