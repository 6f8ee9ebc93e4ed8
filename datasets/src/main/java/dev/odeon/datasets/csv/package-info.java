/**
 * Comma-separated values, as columns of float64.
 *
 * <p>Start with {@link dev.odeon.datasets.csv.CsvTable}, which reads a file by the rules of a
 * {@link dev.odeon.datasets.csv.CsvFormat}. FastCSV splits the lines; here text becomes numbers, times and gaps, and every
 * error names file, line and column.
 *
 * <p>Neighbours: {@code archives} opens the files, {@code series} makes time series of the columns, {@code graphs.files}
 * reads tables of nodes and edges.
 */
@NullMarked
package dev.odeon.datasets.csv;

import org.jspecify.annotations.NullMarked;
