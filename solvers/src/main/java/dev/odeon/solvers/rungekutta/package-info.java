/**
 * The stages of one Runge-Kutta step: start with {@link dev.odeon.solvers.rungekutta.Stages}.
 */
@NullMarked
package dev.odeon.solvers.rungekutta;

import org.jspecify.annotations.NullMarked;
