/**
 * Where the numbers of columns are, and the one copy between there and tensors or arrays.
 *
 * <p>Inside of {@code arrow}: users meet none of it; they name types by {@link dev.odeon.datasets.arrow.types.ElementType}. On the way in a
 * {@link dev.odeon.datasets.arrow.columns.MappedColumn} keeps the places of its numbers, batch by batch, with a
 * {@link dev.odeon.datasets.arrow.columns.Validity} for the nulls; {@link dev.odeon.datasets.arrow.columns.TensorMemory} and
 * {@link dev.odeon.datasets.arrow.columns.RowCopy} copy them into tensors, all or some rows, and
 * {@link dev.odeon.datasets.arrow.columns.ColumnArrays} into arrays. On the way out a
 * {@link dev.odeon.datasets.arrow.columns.ColumnSource} fills Arrow's vectors with
 * {@link dev.odeon.datasets.arrow.columns.Numbers}. Neighbours: {@code arrow.ipc} finds the places.
 */
@NullMarked
package dev.odeon.datasets.arrow.columns;

import org.jspecify.annotations.NullMarked;
