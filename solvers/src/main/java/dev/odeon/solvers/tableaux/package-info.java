/**
 * Runge-Kutta coefficients that prove themselves: start with {@link dev.odeon.solvers.tableaux.Butcher}.
 *
 * <p>An {@link dev.odeon.solvers.tableaux.ExplicitTableau}, {@link dev.odeon.solvers.tableaux.ImexTableau} or {@link
 * dev.odeon.solvers.tableaux.ImplicitTableau} checks {@link dev.odeon.solvers.tableaux.OrderConditions} when it is made.
 * The methods themselves are one file each in the packages {@code erk}, {@code imex} and {@code irk} below.
 */
@NullMarked
package dev.odeon.solvers.tableaux;

import org.jspecify.annotations.NullMarked;
