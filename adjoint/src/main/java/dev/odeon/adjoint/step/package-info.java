/**
 * The adjoint of one step, and the stepper that makes a step reversible.
 *
 * <p>Start with {@link dev.odeon.adjoint.step.StepAdjoint}, which says what every adjoint gives and chooses between that
 * derived by hand ({@link dev.odeon.adjoint.step.RungeKuttaAdjoint}) and TensorFlow's own.
 *
 * <p>Neighbours: the steppers of {@code solvers.stepper} below; {@code adjoint.backward}, which loops over steps, above.
 */
@NullMarked
package dev.odeon.adjoint.step;

import org.jspecify.annotations.NullMarked;
