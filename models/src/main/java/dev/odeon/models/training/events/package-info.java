/**
 * The course of a training as files that TensorBoard reads.
 *
 * <p>Start with {@link dev.odeon.models.training.events.TensorBoard}, a listener for a trainer; {@link
 * dev.odeon.models.training.events.EventFile} writes the records. Neighbours: {@code models.training}, which tells it.
 */
@NullMarked
package dev.odeon.models.training.events;

import org.jspecify.annotations.NullMarked;
