/**
 * The loop over steps whose sizes are chosen inside it: start with {@link
 * dev.odeon.solvers.forward.adaptive.AdaptiveLoop}, then {@link dev.odeon.solvers.forward.adaptive.Round}, one try.
 *
 * <p>{@link dev.odeon.solvers.forward.adaptive.Plan} is what all parts share, {@link
 * dev.odeon.solvers.forward.adaptive.Strides} says which sizes there are, {@link
 * dev.odeon.solvers.forward.adaptive.SizeRule} wishes the next one, {@link
 * dev.odeon.solvers.forward.adaptive.Trajectory} records what the adjoint reads, {@link
 * dev.odeon.solvers.forward.adaptive.StepRows} what the user keeps of every step, {@link
 * dev.odeon.solvers.forward.adaptive.DenseOutput} the states at given times, and {@link
 * dev.odeon.solvers.forward.adaptive.EventWatch} what becomes of a sample at its event.
 *
 * <p>Neighbours: {@code solvers.forward}, whose helpers this package uses; {@code solvers.steps} with the settings.
 */
@NullMarked
package dev.odeon.solvers.forward.adaptive;

import org.jspecify.annotations.NullMarked;
