/**
 * Experiments that learn irregular series with the hybrids of chapter 3 of H. Xia's thesis: {@code odeon train
 * plane-vibration}, {@code silverbox} and {@code walker2d}.
 *
 * <p>Start with {@link dev.odeon.experiments.series.SeriesExperiment}. A {@code SeriesModel} is made by a {@code
 * Recipe}, trained by a {@code SeriesObjective}, and judged on windows it has not seen by a {@code SeriesRun}. Neighbours:
 * {@code experiments.training} and {@code models.recurrent} below.
 */
@NullMarked
package dev.odeon.experiments.series;

import org.jspecify.annotations.NullMarked;
