/**
 * The loop over steps whose sizes are chosen inside it: start with {@link
 * dev.odeon.solvers.forward.chosen.ChosenLoop}, then {@link dev.odeon.solvers.forward.chosen.Round}, one try.
 *
 * <p>{@link dev.odeon.solvers.forward.chosen.ChosenPlan} is what all parts share, {@link
 * dev.odeon.solvers.forward.chosen.Strides} says which sizes there are, {@link
 * dev.odeon.solvers.forward.chosen.SizeRule} wishes the next one, {@link
 * dev.odeon.solvers.forward.chosen.StoredSteps} records what the adjoint reads, {@link
 * dev.odeon.solvers.forward.chosen.StepRows} what the user keeps of every step, {@link
 * dev.odeon.solvers.forward.chosen.DenseOutput} the states at given times, and {@link
 * dev.odeon.solvers.forward.chosen.EventWatch} what becomes of a sample at its event.
 *
 * <p>Neighbours: {@code solvers.forward}, whose helpers this package uses; {@code solvers.steps} with the settings.
 */
@NullMarked
package dev.odeon.solvers.forward.chosen;

import org.jspecify.annotations.NullMarked;
