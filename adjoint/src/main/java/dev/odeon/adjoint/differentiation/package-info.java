/**
 * What each gradient asks of a solve, one class for each: what it requires, which stepper takes the steps, what the loop
 * stores, and how the way back is attached to it.
 *
 * <p>Start with {@link dev.odeon.adjoint.differentiation.DiscreteDifferentiation}; {@link
 * dev.odeon.adjoint.differentiation.CheckpointPlan} is what its checkpointing means for one solve.
 *
 * <p>Neighbours: {@code solvers.solve} below, which asks; {@code adjoint.backward} and {@code adjoint.backsolve} below, the
 * ways back; {@code adjoint} above, the choices a user makes.
 */
@NullMarked
package dev.odeon.adjoint.differentiation;

import org.jspecify.annotations.NullMarked;
