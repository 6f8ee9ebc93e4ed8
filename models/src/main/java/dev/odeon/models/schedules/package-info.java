/**
 * How the learning rate changes during training.
 *
 * <p>Start with {@link dev.odeon.models.schedules.Schedule}; {@link dev.odeon.models.schedules.Constant}, {@link
 * dev.odeon.models.schedules.Cosine}, {@link dev.odeon.models.schedules.Decay} and {@link
 * dev.odeon.models.schedules.ReduceOnPlateau} are there, and {@link dev.odeon.models.schedules.WarmUp} stands before any. Neighbours: {@code
 * models.training} asks them.
 */
@NullMarked
package dev.odeon.models.schedules;

import org.jspecify.annotations.NullMarked;
