/**
 * Neural ODE models and their training.
 *
 * <p>Start with {@link dev.odeon.models.training.Trainer}; {@link dev.odeon.models.optimisers.Optimiser} changes the
 * parameters, {@link dev.odeon.models.schedules.Schedule} the learning rate. {@link
 * dev.odeon.models.continuous.ContinuousModel} is a model of continuous depth; {@link dev.odeon.models.serving.Models} loads
 * what was trained. Neighbours: {@code adjoint} below, and the
 * words of {@code datasets}, such as its graphs; {@code experiments} above.
 */
@NullMarked
package dev.odeon.models;

import org.jspecify.annotations.NullMarked;
