/**
 * What TensorFlow Java lacks for building functions on the computation graph.
 *
 * <p>Start with {@link dev.odeon.graph.Values}, the named tensors that every other room passes around, then {@link
 * dev.odeon.graph.GraphFunction} (a body compiled once, called by name), {@link dev.odeon.graph.WhileLoop} (a loop whose
 * carried values and loop invariants have names) and {@link dev.odeon.graph.Gradients} (vector-Jacobian products and
 * gradients). {@link dev.odeon.graph.CustomGradients} gives a gradient to operations that have none;
 * {@link dev.odeon.graph.Compilation} chooses between TensorFlow's executor and XLA.
 *
 * <table>
 * <caption>Rooms inside</caption>
 * <tr><td>{@code graph}</td><td>functions, loops, gradients</td></tr>
 * <tr><td>{@code graph.parameters}</td><td>named resource variables and their checkpoints</td></tr>
 * <tr><td>{@code graph.export}</td><td>SavedModels, graph files and pictures for programs without Odeon</td></tr>
 * <tr><td>{@code graph.layers}</td><td>dense layers, multilayer perceptrons, activations</td></tr>
 * <tr><td>{@code graph.scan}</td><td>a loop over rows that can be differentiated whatever its rounds do</td></tr>
 * <tr><td>{@code graph.runtime}</td><td>the native library: devices, CUDA libraries, sessions</td></tr>
 * </table>
 *
 * <p>Neighbours: nothing of Odeon below; {@code solvers} above.
 */
@NullMarked
package dev.odeon.graph;

import org.jspecify.annotations.NullMarked;
