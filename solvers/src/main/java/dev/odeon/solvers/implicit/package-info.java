/**
 * The steppers of the implicit methods: start with {@link dev.odeon.solvers.implicit.DiagonalStagesStepper};
 * {@link dev.odeon.solvers.implicit.SplitStagesStepper} is that of the implicit-explicit methods on a {@link
 * dev.odeon.solvers.NonlinearSplit}.
 *
 * <p>Their equations v = phi(v) are an {@link dev.odeon.solvers.implicit.Equation}, solved by a loop inside the step ({@link
 * dev.odeon.solvers.implicit.Iterations}), one {@link dev.odeon.solvers.implicit.Iteration} for each kind of solver; {@link
 * dev.odeon.solvers.implicit.ImplicitGradient} is the gradient of that loop.
 */
@NullMarked
package dev.odeon.solvers.implicit;

import org.jspecify.annotations.NullMarked;
