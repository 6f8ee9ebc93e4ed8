/**
 * Solvers: vector fields in, solutions out, one loop in the graph.
 *
 * <p>Start with {@link dev.odeon.solvers.VectorField} and {@link dev.odeon.solvers.SplitField}, then {@link
 * dev.odeon.solvers.Methods}, the registry. Coefficients are in {@code solvers.tableaux}, one file each; linear operators
 * and their factors in {@code solvers.linear}; the times of a solve in {@code solvers.steps}; the stages of one step in
 * {@code solvers.rungekutta}; the loop over the steps in {@code solvers.forward}.
 *
 * <p>Neighbours: {@code graph} below; {@code adjoint} above, which differentiates what is built here.
 */
@NullMarked
package dev.odeon.solvers;

import org.jspecify.annotations.NullMarked;
