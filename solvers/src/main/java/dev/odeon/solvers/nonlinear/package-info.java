/**
 * How the equations of an implicit step are solved: start with {@link dev.odeon.solvers.nonlinear.NonlinearSolver}.
 *
 * <p>Settings only; {@code solvers.implicit} runs them inside the graph.
 */
@NullMarked
package dev.odeon.solvers.nonlinear;

import org.jspecify.annotations.NullMarked;
