/**
 * Linear operators J and the factors of I - alpha J: start with {@link dev.odeon.solvers.linear.LinearOperator}.
 *
 * <p>An operator has a product side, {@link dev.odeon.solvers.linear.LinearMap}, a factor side, {@link
 * dev.odeon.solvers.linear.ShiftedSolver}, and {@link dev.odeon.solvers.linear.OperatorCapabilities}. For operators of your
 * own {@link dev.odeon.solvers.linear.Singularity} and {@link dev.odeon.solvers.linear.ResidualCheck} tell failures, and
 * {@link dev.odeon.solvers.linear.ShiftedSystem} iterates.
 *
 * <p>The cost of a factor is paid once per step size, that of a solve for each row of a batch, in operations; b is the
 * half-width of a band, k the number of iterations, e the number of entries, r that of directions GMRES keeps.
 *
 * <table>
 * <caption>Which operator</caption>
 * <tr><th>operator</th><th>storage</th><th>factor</th><th>solve</th><th>use it for</th></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.ScaledIdentity}</td><td>1</td><td>1</td><td>d</td>
 * <td>uniform decay; states of any shape</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.Diagonal}</td><td>d</td><td>d</td><td>d</td>
 * <td>spectral discretisations, one rate for each component</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.PairBlock}</td><td>4</td><td>4</td><td>d</td>
 * <td>a position and its momentum; states of any shape</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.Circulant}</td><td>d, or d^2 below 256 points</td><td>d^2</td>
 * <td>d log d, or d^2 below 256 points</td><td>periodic stencils</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.Tridiagonal}</td><td>3 d</td><td>d</td><td>d</td>
 * <td>three-point stencils between boundaries</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.Banded}</td><td>b d</td><td>b^2 d</td><td>b d</td>
 * <td>wider stencils between boundaries</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.KroneckerSum}</td><td>nx^2 + ny^2</td><td>nx ny</td><td>nx ny (nx + ny)</td>
 * <td>Laplacians of rectangles</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.Dense}</td><td>d^2</td><td>d^3</td><td>d^2</td>
 * <td>full matrices, trained ones too, to some thousand components</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.Sparse}</td><td>e</td><td>e</td><td>k (e + r d)</td>
 * <td>graphs, finite elements</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.MatrixFree}</td><td>the user's</td><td>none</td><td>k products</td>
 * <td>convolutions, operators too large to store</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.Sum}</td><td>of its parts</td><td>of its parts</td><td>k times its parts</td>
 * <td>parts of different structure</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.Scaled}</td><td colspan="3">of its operator</td><td>multiples</td></tr>
 * <tr><td>{@link dev.odeon.solvers.linear.SampleScaled}</td><td colspan="3">that of the first four, and their multiples, for every sample</td>
 * <td>samples with times of their own</td></tr>
 * </table>
 *
 * <p>Functions of J, as exponential methods use them, cost a solve where {@link
 * dev.odeon.solvers.linear.LinearOperator#eigenbasis} knows a basis: the first four but pair blocks, Kronecker sums, and multiples.
 *
 * <p>Solves that fail say so: {@link dev.odeon.solvers.linear.LinearOperator#solveChecked} returns a flag, and a singular
 * system gives values that are not finite. Every solve passes gradients, those of the Krylov operators as a transposed
 * solve, which cannot be differentiated again.
 *
 * <table>
 * <caption>Rooms inside</caption>
 * <tr><td>{@code linear}</td><td>the operators</td></tr>
 * <tr><td>{@code linear.krylov}</td><td>conjugate gradients, BiCGSTAB, GMRES as loops in the graph</td></tr>
 * <tr><td>{@code linear.setup}</td><td>LU factors and eigenvalues of Java numbers</td></tr>
 * <tr><td>{@code linear.report}</td><td>how a solve ended</td></tr>
 * </table>
 *
 * <p>Neighbours: {@code graph} below; {@code solvers.forward} and {@code adjoint} carry factors into their loops.
 */
@NullMarked
package dev.odeon.solvers.linear;

import org.jspecify.annotations.NullMarked;
