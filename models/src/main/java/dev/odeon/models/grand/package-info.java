/**
 * GRAND: classifying the nodes of a graph by a diffusion with learned attention.
 *
 * <p>Start with {@link dev.odeon.models.grand.GrandTraining}, which shows the whole use: a {@link
 * dev.odeon.datasets.graphs.GraphData}, a {@link dev.odeon.datasets.graphs.Split}, {@link
 * dev.odeon.models.grand.GrandSettings} from a preset and {@link dev.odeon.models.grand.SolverSettings} in, an accuracy out.
 * {@link dev.odeon.models.grand.Grand} is the model, {@link dev.odeon.models.grand.GraphDiffusion} its field, {@link
 * dev.odeon.models.grand.ScaledDotAttention} the attention.
 *
 * <p>Neighbours: {@code models.training}, which runs it, {@code models.optimisers}; {@code
 * graph.layers} below; {@code datasets.graphs}, which reads and splits graphs.
 */
@NullMarked
package dev.odeon.models.grand;

import org.jspecify.annotations.NullMarked;
