/**
 * What {@code odeon data} and {@code odeon bench data} show of tables.
 *
 * <p>Start with {@link dev.odeon.experiments.data.TableSummary}, which describes any Arrow file. {@link
 * dev.odeon.experiments.data.DataBench} measures how fast tables become tensors.
 *
 * <p>Neighbours: the commands in {@code experiments}; {@code datasets.formats}, where each data set is read and counted.
 */
@NullMarked
package dev.odeon.experiments.data;

import org.jspecify.annotations.NullMarked;
