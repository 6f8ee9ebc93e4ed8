/**
 * Batches for training: chosen by a plan, loaded by a thread that works ahead.
 *
 * <p>Start with {@link dev.odeon.datasets.batches.Batches}: it takes a {@link dev.odeon.datasets.batches.BatchPlan} (size,
 * epochs, shuffling, sharding) and a {@link dev.odeon.datasets.batches.BatchSource} (for Arrow tables
 * {@link dev.odeon.datasets.batches.TableSource}) and hands out batches while the next ones are being loaded.
 *
 * <pre>{@code
 * BatchPlan plan = BatchPlan.of(64).withEpochs(10).withOrder(new BatchPlan.Shuffled(7));
 * try (Batches<TableBatch> batches = Batches.prefetch(new TableSource(table, List.of("t", "u")), plan, 2)) {
 *     while (batches.hasNext()) {
 *         try (TableBatch batch = batches.next()) { session.runner().feed("u", batch.tensor("u"))...; }
 *     }
 * }
 * }</pre>
 *
 * <p>Tensors are dense, row after row, in memory that TensorFlow aligned to 64 bytes: what it copies to a GPU in one piece.
 * Neighbours: {@code arrow} copies the rows.
 */
@NullMarked
package dev.odeon.datasets.batches;

import org.jspecify.annotations.NullMarked;
