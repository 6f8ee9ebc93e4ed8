/**
 * How data sets are read, counted and written as Arrow tables.
 *
 * <p>Start with {@link dev.odeon.datasets.formats.DataFormat}; {@link dev.odeon.datasets.formats.DataKind} says what comes of
 * it. A data set of a format that is here is one entry in the catalogue, which names the format.
 *
 * <p>Neighbours: the readers in {@code graphs.files}, {@code series} and {@code images} below; {@code cache}, whose catalogue
 * gives every data set its format; {@code named}, where a data set is read by its name.
 */
@NullMarked
package dev.odeon.datasets.formats;

import org.jspecify.annotations.NullMarked;
