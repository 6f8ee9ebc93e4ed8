/**
 * Graphs with features and labels: files in, tensors and splits out.
 *
 * <p>Start with {@link dev.odeon.datasets.graphs.GraphData}, which is all a graph is here, and
 * {@link dev.odeon.datasets.graphs.GraphFiles}, which reads one. The way of a graph:
 *
 * <pre>{@code
 * GraphData cora = GraphFiles.read(path).standard().withSelfLoops(1);
 * Split split = SplitProtocol.of(1500).split(cora, seed);
 * try (GraphTensors<TFloat32> tensors = GraphTensors.float32(cora)) { ... }
 * }</pre>
 *
 * <p>{@link dev.odeon.datasets.graphs.KarateClub} needs no file at all. Neighbours: {@code npz} and {@code arrow} know the
 * file formats, {@code cache} knows where the files are.
 */
@NullMarked
package dev.odeon.datasets.graphs;

import org.jspecify.annotations.NullMarked;
