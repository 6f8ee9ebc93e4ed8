/**
 * What a linear solve tells besides its solution: start with {@link dev.odeon.solvers.linear.report.CheckedSolution}.
 *
 * <p>Neighbours: {@code solvers.linear} and {@code solvers.linear.krylov} return these; the loop over the steps turns a
 * failure into its outcome.
 */
@NullMarked
package dev.odeon.solvers.linear.report;

import org.jspecify.annotations.NullMarked;
