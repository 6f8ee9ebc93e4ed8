/**
 * The loop that goes back over the steps of a solve.
 *
 * <p>Start with {@link dev.odeon.adjoint.backward.BackwardLoop}, the gradient of both forward loops. It sees the steps as {@link
 * dev.odeon.adjoint.backward.TakenSteps} and gets the states before them from a {@link dev.odeon.adjoint.backward.StateSource}.
 * {@link dev.odeon.adjoint.backward.BinomialSchedule} is the order in which Revolve goes back.
 *
 * <p>Neighbours: {@code adjoint.step}, the adjoint of one step, below; {@code adjoint.differentiation}, which chooses, above.
 */
@NullMarked
package dev.odeon.adjoint.backward;

import org.jspecify.annotations.NullMarked;
