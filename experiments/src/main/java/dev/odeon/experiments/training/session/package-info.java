/**
 * What a training command does: a run from its options to its files, and series of runs.
 *
 * <p>Start with {@link dev.odeon.experiments.training.session.TrainCommand}, the command of an experiment; {@link
 * dev.odeon.experiments.training.session.TrainingSession} is one run, {@link
 * dev.odeon.experiments.training.session.SeedSeries} several that differ in their seed. Neighbours: {@code
 * experiments.training} below, where an experiment says what it is, {@code plots} and {@code models.training}.
 */
@NullMarked
package dev.odeon.experiments.training.session;

import org.jspecify.annotations.NullMarked;
