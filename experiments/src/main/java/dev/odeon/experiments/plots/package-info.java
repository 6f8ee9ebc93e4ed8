/**
 * Pictures of results as PNG files: {@link dev.odeon.experiments.plots.HeatMaps} and {@link
 * dev.odeon.experiments.plots.LossCurve}.
 */
@NullMarked
package dev.odeon.experiments.plots;

import org.jspecify.annotations.NullMarked;
