/**
 * The stepper of the exponential methods: start with {@link dev.odeon.solvers.exponential.ExponentialStepper}; {@link
 * dev.odeon.solvers.exponential.PhiFunctions} makes the functions of h J it needs.
 */
@NullMarked
package dev.odeon.solvers.exponential;

import org.jspecify.annotations.NullMarked;
