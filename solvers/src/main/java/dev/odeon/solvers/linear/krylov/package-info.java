/**
 * Iterative solves that need only products with a matrix: start with {@link dev.odeon.solvers.linear.krylov.Krylov}, the
 * settings, then {@link dev.odeon.solvers.linear.krylov.KrylovSystem}, what is solved.
 *
 * <p>Each method is one loop in the graph over all rows of the batch: every row has its own coefficients and is frozen
 * once it has converged, and the loop ends with the slowest row. The loops nest inside the loop over the steps and run
 * under the executor and under XLA. No gradient goes through the loops themselves: the steppers give
 * each solve that of the transposed system.
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>method</th><th>for</th><th>products per iteration</th><th>vectors kept</th></tr>
 * <tr><td>CG</td><td>symmetric positive definite</td><td>1</td><td>4</td></tr>
 * <tr><td>BiCGSTAB</td><td>any, if it does not break down</td><td>2</td><td>8</td></tr>
 * <tr><td>GMRES</td><td>any</td><td>1</td><td>restart + 4</td></tr>
 * </table>
 *
 * <p>Neighbours: {@code graph} below; {@code solvers.linear} builds its iterative operators on this.
 */
@NullMarked
package dev.odeon.solvers.linear.krylov;

import org.jspecify.annotations.NullMarked;
