/**
 * One forward solve, put together: {@link dev.odeon.solvers.solve.ForwardSolve} takes {@link
 * dev.odeon.solvers.solve.SolveSettings} and gives a {@link dev.odeon.solvers.solve.ForwardResult}, whether the step sizes are
 * known before the solve or chosen during it. A field that jumps makes several of them one.
 *
 * <p>What a gradient wants of the solve is a {@link dev.odeon.solvers.solve.Differentiation}: it may refuse, take another
 * stepper, have the loop store things, and attach itself to the {@link dev.odeon.solvers.solve.DefinedLoop loop}.
 *
 * <p>Neighbours: {@code solvers.forward} and {@code solvers.forward.chosen} below, the two loops; {@code adjoint} above,
 * the gradients; {@code ode} above that, the front door.
 */
@NullMarked
package dev.odeon.solvers.solve;

import org.jspecify.annotations.NullMarked;
