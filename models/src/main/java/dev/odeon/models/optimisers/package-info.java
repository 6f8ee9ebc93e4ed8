/**
 * Optimisers on resource variables, each step by TensorFlow's fused kernels, or on tensors that a loop carries; each formula is
 * that of PyTorch, but for where Adamax adds its epsilon.
 *
 * <p>Start with {@link dev.odeon.models.optimisers.Optimiser}; {@link dev.odeon.models.optimisers.Clipping} limits the
 * gradients before. Neighbours: {@code graph.parameters} below, {@code models.schedules} for the learning rate.
 *
 * <table>
 * <caption>Which one</caption>
 * <tr><td>{@link dev.odeon.models.optimisers.AdamW}</td><td>decoupled weight decay</td></tr>
 * <tr><td>{@link dev.odeon.models.optimisers.Adam}</td><td>weight decay as a quadratic penalty</td></tr>
 * <tr><td>{@link dev.odeon.models.optimisers.Adamax}</td><td>the largest past gradient instead of the mean square</td></tr>
 * <tr><td>{@link dev.odeon.models.optimisers.RmsProp}</td><td>mean square only, no momentum</td></tr>
 * </table>
 */
@NullMarked
package dev.odeon.models.optimisers;

import org.jspecify.annotations.NullMarked;
