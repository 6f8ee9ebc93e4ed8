/**
 * Other edges for the same nodes.
 *
 * <p>Start with {@link dev.odeon.datasets.graphs.rewiring.DiffusionRewiring} (graph diffusion convolution, as GRAND uses it),
 * {@link dev.odeon.datasets.graphs.rewiring.NearestNeighbours} or {@link dev.odeon.datasets.graphs.rewiring.TwoHop}: each is a
 * record of settings with a method {@code rewire}, which gives a new graph.
 *
 * <p>Neighbours: {@code graphs} holds what a graph is.
 */
@NullMarked
package dev.odeon.datasets.graphs.rewiring;

import org.jspecify.annotations.NullMarked;
