/**
 * Arrow IPC files in, tensors out, and arrays into Arrow IPC files.
 *
 * <p>Start with {@link dev.odeon.datasets.arrow.ArrowTable}, which opens a file and turns its columns into tensors, and
 * {@link dev.odeon.datasets.arrow.ArrowTableWriter}, which writes one; {@link dev.odeon.datasets.arrow.SolutionFile} writes
 * the states of a solve;
 * {@link dev.odeon.datasets.arrow.ArrowStream} reads batches as they arrive, and
 * {@link dev.odeon.datasets.arrow.ForeignFile} Parquet and CSV where the optional arrow-dataset is there. Behind the former, {@code IpcFile} finds and checks
 * the batches, {@code ColumnReader} the columns in a batch, and {@code TensorMemory} makes the one copy.
 *
 * <p>The format is described in "Arrow Columnar Format", version 1.5, of the Apache Arrow project. Neighbours: every
 * other package here that reads or writes tables comes through this one.
 */
@NullMarked
package dev.odeon.datasets.arrow;

import org.jspecify.annotations.NullMarked;
