/**
 * The short way: fit an ODE to samples of its solutions.
 *
 * <p>Start with {@link dev.odeon.models.fit.OdeFit}, which joins a solver, parameters and {@link
 * dev.odeon.models.fit.Trajectories}; {@link dev.odeon.models.fit.Fit} below it has any loss. Batches, schedules, validation and checkpoints are not here: take {@code
 * models.training} for these.
 *
 * <p>Neighbours: {@code models.training}, whose graph it uses.
 */
@NullMarked
package dev.odeon.models.fit;

import org.jspecify.annotations.NullMarked;
