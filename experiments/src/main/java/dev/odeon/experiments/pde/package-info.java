/**
 * Surrogates of partial differential equations: {@code odeon train ks} and {@code odeon train burgers}.
 *
 * <p>Start with {@link dev.odeon.experiments.pde.KsExperiment}, which joins simulated trajectories, cut into windows,
 * with a network for the nonlinear term. Neighbours: {@code experiments.training} runs it; {@code datasets.pde} simulates.
 */
@NullMarked
package dev.odeon.experiments.pde;

import org.jspecify.annotations.NullMarked;
