/**
 * Pictures of solves and trainings: {@link dev.odeon.plots.Curves} over one another, {@link dev.odeon.plots.HeatMaps} of fields
 * over time and space, {@link dev.odeon.plots.Scatters} of points in the plane, {@link dev.odeon.plots.EpochCurves} of a run,
 * {@link dev.odeon.plots.Tables}.
 *
 * <p>Each gives a {@link dev.odeon.plots.Picture}, which becomes a PNG file or an image in memory. Neighbours: {@code
 * plots.notebook} above, where notebooks begin; {@code models.training.runs} below; the experiments, which use it.
 */
@NullMarked
package dev.odeon.plots;

import org.jspecify.annotations.NullMarked;
