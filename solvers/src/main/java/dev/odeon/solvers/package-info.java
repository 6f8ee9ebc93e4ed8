/**
 * Solvers: vector fields in, solutions out, one loop in the graph.
 *
 * <p>Start with {@link dev.odeon.solvers.VectorField} and {@link dev.odeon.solvers.SplitField}, then {@link
 * dev.odeon.solvers.Methods}, the registry. A method is one record of this package; its coefficients are in {@code
 * solvers.tableaux}, one file each; the solvers of implicit equations it may use in {@code solvers.nonlinear}.
 *
 * <p>A method becomes a loop through its stepper: {@code solvers.stepper} says what a stepper offers, {@code
 * solvers.rungekutta}, {@code solvers.multistep}, {@code solvers.implicit} and {@code solvers.exponential} are the steppers,
 * {@code solvers.forward} loops over their steps. Linear operators and their factors are in {@code solvers.linear}; times,
 * what is kept, and step control in {@code solvers.steps}; events that end a solve in {@code solvers.events}; solutions as
 * functions of time in {@code solvers.dense}.
 *
 * <p>Which method: {@link dev.odeon.solvers.Methods#IMEX_RK3} for stiff fields with a linear stiff part, {@link
 * dev.odeon.solvers.Methods#SBDF2} if evaluations are expensive, {@link dev.odeon.solvers.Methods#TSIT5} for fields that are not
 * stiff, {@link dev.odeon.solvers.Methods#KVAERNO5} for small stiff fields that cannot be split, {@link
 * dev.odeon.solvers.Methods#PROX_BDF2} for large ones.
 *
 * <p>Neighbours: {@code graph} below; {@code adjoint} above, which differentiates what is built here.
 */
@NullMarked
package dev.odeon.solvers;

import org.jspecify.annotations.NullMarked;
