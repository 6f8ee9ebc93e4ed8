/**
 * How a solve is differentiated, and {@link dev.odeon.adjoint.OdeSolver}, the front door.
 *
 * <p>Start with {@link dev.odeon.adjoint.OdeSolver}: it joins a field, a method, steps and a {@link
 * dev.odeon.adjoint.Gradient}. {@link dev.odeon.adjoint.Solution} is what a solve returns: states, times, outcome, and where
 * they were asked for {@link dev.odeon.adjoint.EventResult events} and the solution as a function of time. {@code
 * FixedSolve} and {@code AdaptiveSolve} put a solve together.
 *
 * <p>Neighbours: {@code adjoint.backward}, which goes back over the steps, {@code adjoint.backsolve}, which solves the adjoint
 * equation instead, {@code adjoint.step}, the adjoint of one step, and
 * {@code adjoint.checkpoints}, the schedules; {@code solvers} below; {@code models} above.
 */
@NullMarked
package dev.odeon.adjoint;

import org.jspecify.annotations.NullMarked;
