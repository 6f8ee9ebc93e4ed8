/**
 * What {@code odeon bench data} measures of tables.
 *
 * <p>Start with {@link dev.odeon.experiments.data.DataBench}, which measures how fast tables become tensors.
 *
 * <p>Neighbours: the commands in {@code experiments}; {@code datasets.arrow} and {@code datasets.batches}, which are measured.
 */
@NullMarked
package dev.odeon.experiments.data;

import org.jspecify.annotations.NullMarked;
