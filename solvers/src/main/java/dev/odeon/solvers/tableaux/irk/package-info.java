/**
 * Implicit Runge-Kutta methods, one file each; {@link dev.odeon.solvers.tableaux.irk.Trbdf2} is a short one to start with.
 */
@NullMarked
package dev.odeon.solvers.tableaux.irk;

import org.jspecify.annotations.NullMarked;
