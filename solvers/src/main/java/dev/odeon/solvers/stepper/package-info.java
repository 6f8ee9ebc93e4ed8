/**
 * What a stepper must offer to be looped over: start with {@link dev.odeon.solvers.stepper.Stepper}. {@link
 * dev.odeon.solvers.stepper.Interpolant} and {@link dev.odeon.solvers.stepper.Hermite} are the dense output of a step,
 * {@link dev.odeon.solvers.stepper.SampleColumns} the shape of what each sample has of its own, {@link
 * dev.odeon.solvers.stepper.Origin} what makes times of the offsets that all steps are given.
 *
 * <p>One stepper per family implements it: {@code solvers.rungekutta}, {@code solvers.multistep}, {@code
 * solvers.implicit}, {@code solvers.exponential}. The loops in {@code solvers.forward} know only this package.
 */
@NullMarked
package dev.odeon.solvers.stepper;

import org.jspecify.annotations.NullMarked;
