/**
 * Explicit Runge-Kutta methods, one file each; {@link dev.odeon.solvers.tableaux.erk.Dopri5} is a short one to start with.
 */
@NullMarked
package dev.odeon.solvers.tableaux.erk;

import org.jspecify.annotations.NullMarked;
