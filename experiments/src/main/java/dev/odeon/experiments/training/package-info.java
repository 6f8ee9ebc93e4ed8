/**
 * What all training commands share: options, settings, resuming, progress and result files.
 *
 * <p>Start with {@link dev.odeon.experiments.training.TrainingSession}. A new experiment implements {@link
 * dev.odeon.experiments.training.Experiment}; {@link dev.odeon.experiments.training.TrainCommand} makes its command of that. Neighbours: {@code experiments.pde} and
 * others above, {@code experiments.plots} and {@code models.training} below.
 */
@NullMarked
package dev.odeon.experiments.training;

import org.jspecify.annotations.NullMarked;
