/**
 * Models of continuous depth: neural ODEs of first and second order, with and without momentum.
 *
 * <p>Start with {@link dev.odeon.models.continuous.ContinuousModel}, what all of them are, and {@link
 * dev.odeon.models.continuous.ModelKind}, which makes one by its name. Each model is a field f, which the caller brings, and an
 * {@link dev.odeon.models.continuous.InitialState}; those with momentum have {@link dev.odeon.models.continuous.Coefficient
 * coefficients} of their own. A model is no objective: it is solved by an {@code OdeSolver}, and what is learned is said by an
 * {@link dev.odeon.models.training.Objective}.
 *
 * <p>Neighbours: {@code graph.layers} and {@code solvers} below; {@code models.training}, which trains what is built on them.
 */
@NullMarked
package dev.odeon.models.continuous;

import org.jspecify.annotations.NullMarked;
