/**
 * Data sets by their names, for programs as for the command line.
 *
 * <p>Start with {@link dev.odeon.datasets.named.DataSets}: {@code DataSets.named("cora", DataKind.GRAPH)}.
 *
 * <p>Neighbours: {@code cache} knows the names and finds the files; {@code formats} reads them.
 */
@NullMarked
package dev.odeon.datasets.named;

import org.jspecify.annotations.NullMarked;
