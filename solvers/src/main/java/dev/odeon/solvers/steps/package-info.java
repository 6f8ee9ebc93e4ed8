/**
 * The times of a solve: start with {@link dev.odeon.solvers.steps.SaveAt}, what is kept of an interval, or {@link
 * dev.odeon.solvers.steps.SampleTimes} where each sample has its own times; {@link
 * dev.odeon.solvers.steps.Jumps} are those of the field.
 *
 * <p>Steps are of known sizes, {@link dev.odeon.solvers.steps.FixedSteps} and {@link
 * dev.odeon.solvers.steps.StepsPerInterval}, or chosen on the way, {@link dev.odeon.solvers.steps.PidController}.
 *
 * <p>{@link dev.odeon.solvers.steps.TimeResolution} refuses times that the element type does not tell apart.
 *
 * <p>Neighbours: the loops in {@code solvers.forward} go through the times.
 */
@NullMarked
package dev.odeon.solvers.steps;

import org.jspecify.annotations.NullMarked;
