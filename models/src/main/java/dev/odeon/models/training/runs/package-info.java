/**
 * The run of a training: {@link dev.odeon.models.training.runs.Trainer} takes a {@link
 * dev.odeon.models.training.runs.Trainable} through its epochs and tells {@link
 * dev.odeon.models.training.runs.TrainingListener listeners}; {@link dev.odeon.models.training.runs.RunFolder} keeps what a
 * killed run needs to go on.
 *
 * <p>An {@link dev.odeon.models.training.runs.Iteration} says how an iteration went, {@link
 * dev.odeon.models.training.runs.OnFailure} what follows one that failed, an {@link
 * dev.odeon.models.training.runs.Interruption} ends a run early, {@link dev.odeon.models.training.runs.Ending} how the
 * run ended. Nothing here knows graphs.
 *
 * <p>Neighbours: {@code models.training} above, whose {@code BatchedTraining} is trained; {@code models.schedules} below.
 */
@NullMarked
package dev.odeon.models.training.runs;

import org.jspecify.annotations.NullMarked;
