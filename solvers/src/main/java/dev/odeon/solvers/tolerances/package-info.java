/**
 * How large errors may be: start with {@link dev.odeon.solvers.tolerances.Tolerance}; {@link
 * dev.odeon.solvers.tolerances.Attainable} says what an element type can meet of it.
 *
 * <p>Neighbours: {@code solvers.steps}, {@code solvers.nonlinear} and {@code solvers.linear.krylov}, whose settings hold
 * tolerances.
 */
@NullMarked
package dev.odeon.solvers.tolerances;

import org.jspecify.annotations.NullMarked;
