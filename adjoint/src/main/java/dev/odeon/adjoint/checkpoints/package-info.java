/**
 * Which states a solve keeps for its gradient: {@link dev.odeon.adjoint.checkpoints.Checkpointing} is the choice a user makes.
 *
 * <p>Neighbours: {@code adjoint} above, whose gradients take one; {@code adjoint.differentiation}, what it means for one solve;
 * {@code adjoint.backward}, the orders in which the other states are computed again.
 */
@NullMarked
package dev.odeon.adjoint.checkpoints;

import org.jspecify.annotations.NullMarked;
