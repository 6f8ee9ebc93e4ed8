/**
 * Record batches in files, streams and memory: found and checked, and written.
 *
 * <p>Inside of {@code arrow}. {@link dev.odeon.datasets.arrow.ipc.IpcFile} maps a file,
 * {@link dev.odeon.datasets.arrow.ipc.StreamParser} understands the messages of a stream,
 * {@link dev.odeon.datasets.arrow.ipc.VectorColumns} looks into vectors in memory; {@code SchemaReader} makes the columns
 * and {@code ColumnReader} walks through the buffers of a batch. Nothing that a file claims is believed before it was
 * compared with the file's size. {@link dev.odeon.datasets.arrow.ipc.TableOutput} writes.
 *
 * <p>Neighbours: {@code arrow.columns} keeps what was found.
 */
@NullMarked
package dev.odeon.datasets.arrow.ipc;

import org.jspecify.annotations.NullMarked;
