/**
 * The continuous adjoint: one loop that solves the state and its adjoint equation together, backward from the end.
 *
 * <p>Start with {@link dev.odeon.adjoint.backsolve.BacksolveLoop}, the gradient of both forward loops when {@code
 * BacksolveAdjoint} is chosen. Each of its rounds solves {@link dev.odeon.adjoint.backsolve.AugmentedField} over one of the
 * {@link dev.odeon.adjoint.backsolve.Intervals} between kept times, on states that {@link
 * dev.odeon.adjoint.backsolve.Packing} makes one tensor of.
 *
 * <p>Neighbours: the loops and steppers of {@code solvers.forward}, which run it, below; {@code adjoint.backward}, which goes
 * back over the steps that were taken instead; {@code adjoint}, which chooses, above.
 */
@NullMarked
package dev.odeon.adjoint.backsolve;

import org.jspecify.annotations.NullMarked;
