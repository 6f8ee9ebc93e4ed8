/**
 * Linear algebra on Java numbers, done once while a graph is built: start with
 * {@link dev.odeon.solvers.linear.setup.LuFactors}.
 *
 * <p>Neighbours: {@code solvers.linear} embeds the results as constants.
 */
@NullMarked
package dev.odeon.solvers.linear.setup;

import org.jspecify.annotations.NullMarked;
