/**
 * How a solve is differentiated, and {@link dev.odeon.adjoint.OdeSolver}, the front door.
 *
 * <p>Start with {@link dev.odeon.adjoint.OdeSolver}: it joins a field, a method, steps and a {@link
 * dev.odeon.adjoint.Gradient}. {@link dev.odeon.adjoint.BackwardLoop} is the discrete adjoint of the Runge-Kutta
 * families; {@link dev.odeon.adjoint.Solution} is what a solve returns: states, times, outcome, and where they were asked for {@link
 * dev.odeon.adjoint.EventResult events} and the solution as a function of time.
 *
 * <p>Neighbours: {@code solvers} below; {@code models} above.
 */
@NullMarked
package dev.odeon.adjoint;

import org.jspecify.annotations.NullMarked;
