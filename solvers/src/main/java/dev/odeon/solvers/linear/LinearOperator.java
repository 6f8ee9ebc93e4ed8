package dev.odeon.solvers.linear;

import org.tensorflow.types.family.TFloating;

/**
 * A linear operator J on the rows of a state [batch, d], and the factor of I - alpha J.
 *
 * <p>Three sides: what J is ({@link LinearMap}), how I - alpha J is solved ({@link ShiftedSolver}), and what it can do
 * besides ({@link OperatorCapabilities}, all with defaults). An operator of your own implements {@code data}, {@code apply},
 * {@code applyTransposed}, {@code factor}, {@code solve} and {@code solveTransposed}; one that iterates implements {@link
 * IterativeOperator} with the help of {@link ShiftedSystem}.
 *
 * <p>An operator made from Java numbers is constant: its factor is made once, when the graph is built. One made from
 * tensors is differentiable: its factor is made once per run of the graph, outside all loops, and the solve gives the
 * gradient with respect to the tensors.
 *
 * <p>One factor serves all rows of the batch, all stages, all steps and, transposed, the adjoint. Source: Zhang, Liu,
 * Maulik, Semi-Implicit Neural Ordinary Differential Equations, equation 14.
 */
public interface LinearOperator<T extends TFloating> extends LinearMap<T>, ShiftedSolver<T>, OperatorCapabilities<T> {}
