package dev.odeon.datasets.csv;

import java.util.Set;

/**
 * How a text file of columns is written.
 *
 * @param separator between two fields
 * @param comment character that begins a line to be passed over
 * @param header whether the first line holds names
 * @param missing texts that stand for a missing number, beside the empty one
 */
public record CsvFormat(char separator, char comment, Header header, Set<String> missing) {
    /** What the first line is. */
    public enum Header {
        /** The names of the columns. */
        NAMES,
        /** Numbers already; the columns are called {@code 0}, {@code 1}, ... */
        NONE
    }

    public CsvFormat {
        if (separator == comment || separator == '"' || comment == '"') {
            throw new IllegalArgumentException("separator = '" + separator + "', comment = '" + comment
                    + "': give two different characters other than a quote");
        }
        missing = Set.copyOf(missing);
    }

    /** {@return commas, comments behind #, names in the first line, NA and NaN for missing numbers} */
    public static CsvFormat standard() {
        return new CsvFormat(',', '#', Header.NAMES, Set.of("NA", "NaN", "nan", "?"));
    }

    /** {@return this format for files without names} */
    public CsvFormat withoutNames() {
        return new CsvFormat(separator, comment, Header.NONE, missing);
    }

    /** {@return this format with another separator} */
    public CsvFormat withSeparator(char separator) {
        return new CsvFormat(separator, comment, header, missing);
    }
}
