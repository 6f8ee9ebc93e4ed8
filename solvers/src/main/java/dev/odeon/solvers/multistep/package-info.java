/**
 * The steppers of the multistep methods that need no iteration: start with {@link
 * dev.odeon.solvers.multistep.ImexMultistepStepper}.
 *
 * <p>{@link dev.odeon.solvers.multistep.Polynomials} makes the coefficients for steps of any sizes, so that a shortened step
 * keeps the order.
 */
@NullMarked
package dev.odeon.solvers.multistep;

import org.jspecify.annotations.NullMarked;
