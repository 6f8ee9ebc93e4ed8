/**
 * Batches for training: rows, the order they come in, and where they are kept.
 *
 * <p>Start with {@link dev.odeon.models.training.data.BatchSource}, rows by name, of which {@link
 * dev.odeon.models.training.data.TensorRows} are the simplest. A {@link dev.odeon.models.training.data.BatchPlan} cuts an
 * epoch into batches, a {@link dev.odeon.models.training.data.Placement} keeps rows on the device or loads them ahead, and
 * {@link dev.odeon.models.training.data.BatchWeights} makes a filled-up batch equal to the smaller one.
 *
 * <p>Neighbours: {@code models.training}, which trains on them; {@code graph} below. The tables of {@code datasets} reach training
 * through {@link dev.odeon.models.training.data.GatheredRows}, which knows of them no more than that they gather rows.
 */
@NullMarked
package dev.odeon.models.training.data;

import org.jspecify.annotations.NullMarked;
