/**
 * The stepper of the Runge-Kutta methods without iteration: start with {@link
 * dev.odeon.solvers.rungekutta.RungeKuttaStepper}; {@link dev.odeon.solvers.rungekutta.Stages} is shared with the adjoint.
 */
@NullMarked
package dev.odeon.solvers.rungekutta;

import org.jspecify.annotations.NullMarked;
