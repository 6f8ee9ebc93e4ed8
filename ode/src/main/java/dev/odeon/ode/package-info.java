/**
 * The front door: {@link dev.odeon.ode.OdeSolver} joins a field, a method, steps and a gradient to a solver that adds one loop
 * to a graph; {@link dev.odeon.ode.Solution} is what a solve returns: states, times, outcome, statistics, and where they were
 * asked for events and the state as a function of time.
 *
 * <p>Neighbours: {@code solvers} with the fields, {@code Methods} and the steps, {@code adjoint} with the gradients, both
 * below; {@code models} above.
 */
@NullMarked
package dev.odeon.ode;

import org.jspecify.annotations.NullMarked;
