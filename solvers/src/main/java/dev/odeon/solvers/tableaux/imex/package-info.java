/**
 * Implicit-explicit Runge-Kutta methods, one file each; {@link dev.odeon.solvers.tableaux.imex.ImexRk2} is a short one to start with.
 */
@NullMarked
package dev.odeon.solvers.tableaux.imex;

import org.jspecify.annotations.NullMarked;
