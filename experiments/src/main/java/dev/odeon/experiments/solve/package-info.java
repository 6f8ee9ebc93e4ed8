/**
 * Equations solved without training: {@code odeon solve}.
 *
 * <p>Start with {@link dev.odeon.experiments.solve.Solve}, the command, then {@link
 * dev.odeon.experiments.solve.SolveDiffusion} and {@link dev.odeon.experiments.solve.SolveStiff}, the experiments on
 * proximal methods. Neighbours: {@code experiments.results}, which runs the solves and writes the files.
 */
@NullMarked
package dev.odeon.experiments.solve;

import org.jspecify.annotations.NullMarked;
