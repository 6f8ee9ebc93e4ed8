/**
 * Which states a solve keeps for its gradient, and in which order the others are computed again.
 *
 * <p>Start with {@link dev.odeon.adjoint.checkpoints.Checkpointing}, the choice a user makes; {@link
 * dev.odeon.adjoint.checkpoints.BinomialSchedule} is the order in which Revolve goes back.
 *
 * <p>Neighbours: {@code adjoint} above, whose backward loops carry the schedules out.
 */
@NullMarked
package dev.odeon.adjoint.checkpoints;

import org.jspecify.annotations.NullMarked;
