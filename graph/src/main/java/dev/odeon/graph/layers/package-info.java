/**
 * Layers: small functions of a tensor and named parameters.
 *
 * <p>Start with {@link dev.odeon.graph.layers.DenseLayer} and {@link dev.odeon.graph.layers.Mlp}; {@link
 * dev.odeon.graph.layers.Convolution}, {@link dev.odeon.graph.layers.TimePaddedConvolution} and {@link
 * dev.odeon.graph.layers.GroupNorm} are for images. A layer declares its
 * parameters once in a {@link dev.odeon.graph.parameters.Parameters} and reads them from {@link dev.odeon.graph.Values}
 * wherever it is applied, so that one layer works outside and inside loops. {@link dev.odeon.graph.layers.Dropout} and
 * {@link dev.odeon.graph.layers.BatchNorm} differ between training and evaluation; {@link
 * dev.odeon.graph.layers.SegmentReductions}, {@link dev.odeon.graph.layers.SegmentNormalisation} and {@link
 * dev.odeon.graph.layers.SparseRows} are for graphs and sparse matrices.
 */
@NullMarked
package dev.odeon.graph.layers;

import org.jspecify.annotations.NullMarked;
