/**
 * Runge-Kutta coefficients, one file a method: start with {@link dev.odeon.solvers.tableaux.Butcher}.
 */
@NullMarked
package dev.odeon.solvers.tableaux;

import org.jspecify.annotations.NullMarked;
