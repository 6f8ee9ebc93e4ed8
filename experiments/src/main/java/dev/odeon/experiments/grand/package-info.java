/**
 * Graph neural diffusion on citation and shopping graphs: {@code odeon train grand}.
 *
 * <p>Start with {@link dev.odeon.experiments.grand.GrandExperiment}; {@link dev.odeon.experiments.grand.GraphDataset} joins each
 * graph with its model and its split. Neighbours: {@code models.grand}, the model; {@code experiments.training} runs it.
 */
@NullMarked
package dev.odeon.experiments.grand;

import org.jspecify.annotations.NullMarked;
