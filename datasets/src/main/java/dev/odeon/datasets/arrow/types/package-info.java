/**
 * The element types that Arrow and TensorFlow share: {@link dev.odeon.datasets.arrow.types.ElementType}.
 *
 * <p>Neighbours: {@code arrow} names them in its columns, {@code arrow.columns} and {@code arrow.ipc} move their numbers.
 */
@NullMarked
package dev.odeon.datasets.arrow.types;

import org.jspecify.annotations.NullMarked;
