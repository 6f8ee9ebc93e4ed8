/**
 * Factorizations of dense matrices: of Java numbers, once while a graph is built ({@link
 * dev.odeon.solvers.linear.setup.LuFactors}, where to start), and in the graph by operations that stay on a GPU ({@link
 * dev.odeon.solvers.linear.setup.GaussJordan}).
 *
 * <p>Neighbours: {@code solvers.linear} embeds the results of the first as constants, and uses the second where a graph will
 * run on a GPU, as {@code solvers.implicit} does.
 */
@NullMarked
package dev.odeon.solvers.linear.setup;

import org.jspecify.annotations.NullMarked;
