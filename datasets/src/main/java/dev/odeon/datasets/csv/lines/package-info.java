/**
 * Texts split into lines of fields, with bounds on both: {@link dev.odeon.datasets.csv.lines.CsvLines}.
 *
 * <p>Not for users: it hands out FastCSV's own types. Neighbours: {@code csv} makes numbers of the fields, {@code series}
 * reads the records of patients.
 */
@NullMarked
package dev.odeon.datasets.csv.lines;

import org.jspecify.annotations.NullMarked;
