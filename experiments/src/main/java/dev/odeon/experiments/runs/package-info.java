/**
 * What was trained: {@code odeon runs} lists runs, {@code odeon compare} draws several over one another.
 *
 * <p>Start with {@link dev.odeon.experiments.runs.CompareCommand}: it makes a {@code Contestant} of every folder, whose {@code
 * EpochBand}s are drawn, and whose final figures become a table. Neighbours: {@code experiments.training.session}, which writes
 * and reads the folders, {@code plots} and {@code experiments.results}.
 */
@NullMarked
package dev.odeon.experiments.runs;

import org.jspecify.annotations.NullMarked;
