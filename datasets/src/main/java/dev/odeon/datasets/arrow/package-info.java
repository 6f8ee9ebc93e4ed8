/**
 * Arrow tables in, tensors out, and tensors and arrays into Arrow tables.
 *
 * <p>Start with {@link dev.odeon.datasets.arrow.ArrowTable} and its {@link dev.odeon.datasets.arrow.ArrowColumn}.
 *
 * <table>
 * <caption>What to use for what</caption>
 * <tr><th>from or to</th><th>class</th></tr>
 * <tr><td>an IPC file, or a stream in a file</td><td>{@link dev.odeon.datasets.arrow.ArrowTable#open}</td></tr>
 * <tr><td>a stream from a socket or pipe, batch by batch</td><td>{@link dev.odeon.datasets.arrow.ArrowStream}</td></tr>
 * <tr><td>a record batch of another library</td><td>{@link dev.odeon.datasets.arrow.ArrowTable#of}</td></tr>
 * <tr><td>Parquet and CSV, where the optional arrow-dataset is there</td>
 *     <td>{@link dev.odeon.datasets.arrow.ForeignFile}</td></tr>
 * <tr><td>arrays and tensors into a file or stream</td>
 *     <td>{@link dev.odeon.datasets.arrow.ArrowTableWriter}</td></tr>
 * <tr><td>tensors into a file, batch by batch</td><td>{@link dev.odeon.datasets.arrow.ArrowBatchWriter}</td></tr>
 * <tr><td>the states of a solve into a file</td><td>{@link dev.odeon.datasets.arrow.SolutionFile}</td></tr>
 * </table>
 *
 * <p>The format is described in "Arrow Columnar Format", version 1.5, of the Apache Arrow project. Neighbours:
 * {@code arrow.ipc} finds and checks record batches, {@code arrow.columns} holds the places of the numbers and makes the one
 * copy; {@code batches} gathers rows for training; every other package here that reads or writes tables comes through this
 * one.
 */
@NullMarked
package dev.odeon.datasets.arrow;

import org.jspecify.annotations.NullMarked;
