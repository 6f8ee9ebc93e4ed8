/**
 * How the learning rate changes during training.
 *
 * <p>Start with {@link dev.odeon.models.schedules.Schedule}; {@link dev.odeon.models.schedules.Constant}, {@link
 * dev.odeon.models.schedules.Cosine} and {@link dev.odeon.models.schedules.ReduceOnPlateau} are there. Neighbours: {@code
 * models.training} asks them.
 */
@NullMarked
package dev.odeon.models.schedules;

import org.jspecify.annotations.NullMarked;
