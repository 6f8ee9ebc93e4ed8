/**
 * How long it takes to add solves with their gradients to a graph: {@code odeon bench build}.
 *
 * <p>Start with {@link dev.odeon.experiments.bench.build.BenchBuild}, the command. A {@link
 * dev.odeon.experiments.bench.build.Combination} of method, gradient and steps builds one solve. Neighbours: {@code
 * experiments.bench.adjoint}, whose gradients and network it takes, and which measures how long they run.
 */
@NullMarked
package dev.odeon.experiments.bench.build;

import org.jspecify.annotations.NullMarked;
