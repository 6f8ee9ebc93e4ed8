/**
 * Graphs with features and labels, and what is done with them before a model sees them.
 *
 * <p>Start with {@link dev.odeon.datasets.graphs.GraphData}, which is all a graph is here. The way of a graph:
 *
 * <pre>{@code
 * GraphData cora = GraphFiles.read(path).standard().withSelfLoops(1).normalised(EdgeNormalisation.ROW);
 * Split split = SplitProtocol.of(1500).withLabelsPerClass(5).split(cora, seed);
 * try (GraphTensors<TFloat32> tensors = GraphTensors.float32(cora)) { ... }
 * }</pre>
 *
 * <p>{@link dev.odeon.datasets.graphs.KarateClub} needs no file at all. Neighbours: {@code graphs.files} reads and writes
 * graphs, {@code graphs.rewiring} gives them other edges; {@code models.grand} learns from them. Nothing here knows of
 * files or Arrow.
 */
@NullMarked
package dev.odeon.datasets.graphs;

import org.jspecify.annotations.NullMarked;
