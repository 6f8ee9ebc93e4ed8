/**
 * What {@code odeon data} and {@code odeon bench data} know about each data set.
 *
 * <p>Start with {@link dev.odeon.experiments.data.DataForm}: for every name of the catalogue, how its files are read, which
 * counts tell that they were read right, and how they become Arrow tables. {@link dev.odeon.experiments.data.DataBench}
 * measures how fast tables become tensors.
 *
 * <p>Neighbours: the commands in {@code experiments}; the readers in {@code datasets}.
 */
@NullMarked
package dev.odeon.experiments.data;

import org.jspecify.annotations.NullMarked;
