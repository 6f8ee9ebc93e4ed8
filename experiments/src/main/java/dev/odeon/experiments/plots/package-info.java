/**
 * Pictures of results as PNG files: {@link dev.odeon.experiments.plots.HeatMaps}, {@link
 * dev.odeon.experiments.plots.LossCurve} and, for anything else, {@link dev.odeon.experiments.plots.Curves}.
 */
@NullMarked
package dev.odeon.experiments.plots;

import org.jspecify.annotations.NullMarked;
