/**
 * Graph functions for programs without Odeon: SavedModels with their parameters frozen, graph files, and pictures of graphs.
 *
 * <p>Start with {@link dev.odeon.graph.export.ModelGraph}, which is built of {@link dev.odeon.graph.export.ExportedFunction
 * functions} and parameters, {@link dev.odeon.graph.export.ModelGraph#frozen frozen} with the values of these, and written by
 * {@link dev.odeon.graph.export.SavedModelFolder}. {@link dev.odeon.graph.export.LoadedModel} runs one in this process. {@link
 * dev.odeon.graph.export.GraphFormat} writes any graph: binary, text, DOT, SVG.
 *
 * <p>What is written needs nothing of Odeon: it has TensorFlow's own operations only, gradients are operations like all
 * others, and {@code ExecutorForm} takes out what only this process knows. Neighbours: {@code graph} and {@code
 * graph.parameters} below; {@code models.serving} above, which exports trained models.
 */
@NullMarked
package dev.odeon.graph.export;

import org.jspecify.annotations.NullMarked;
