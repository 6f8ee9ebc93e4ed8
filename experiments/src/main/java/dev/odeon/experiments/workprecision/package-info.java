/**
 * Errors of solves against what they cost: {@code odeon bench solvers}.
 *
 * <p>Start with {@link dev.odeon.experiments.workprecision.BenchSolvers}, the command. A {@link
 * dev.odeon.experiments.workprecision.Case} is a problem with the methods that suit it; the problems are {@link
 * dev.odeon.experiments.workprecision.Brusselator}, {@link dev.odeon.experiments.workprecision.KuramotoSivashinskyCase} and
 * {@link dev.odeon.experiments.workprecision.VanDerPol}. Neighbours: {@code experiments.results}, which runs the solves;
 * {@code experiments.pde}, which has the stencil too; {@code experiments.bench} measures training iterations.
 */
@NullMarked
package dev.odeon.experiments.workprecision;

import org.jspecify.annotations.NullMarked;
