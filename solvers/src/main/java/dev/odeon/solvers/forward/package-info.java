/**
 * The loop over steps of known sizes, {@link dev.odeon.solvers.forward.KnownLoop}, and what all loops share: {@link
 * dev.odeon.solvers.forward.Steppers} gives a method its stepper, {@link dev.odeon.solvers.forward.SampleClock} changes the
 * variables where each sample has its own times.
 *
 * <p>What is recorded or looked for on the way of known steps stands around the stepper and leaves the loop alone: {@link
 * dev.odeon.solvers.forward.DenseRecorder}, {@link dev.odeon.solvers.forward.EventStepper}.
 *
 * <p>Neighbours: {@code forward.chosen} for steps chosen on the way.
 */
@NullMarked
package dev.odeon.solvers.forward;

import org.jspecify.annotations.NullMarked;
