/**
 * What an experiment says of itself: its options and settings, its model ready to train, and what it found out.
 *
 * <p>Start with {@link dev.odeon.experiments.training.Experiment}, which a new experiment implements. Neighbours: {@code
 * training.session} above, which makes a command of it, {@code experiments.pde} and others above, {@code models.training} below.
 */
@NullMarked
package dev.odeon.experiments.training;

import org.jspecify.annotations.NullMarked;
