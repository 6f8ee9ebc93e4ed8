package dev.odeon.datasets.csv;

import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Set;

/**
 * How a text file of columns is written.
 *
 * @param separator between two fields
 * @param comment character that begins a line to be passed over
 * @param header whether the first line holds names
 * @param missing texts that stand for a missing number, beside the empty one
 * @param origin the time in UTC from which dates and times are counted, in seconds
 */
public record CsvFormat(char separator, char comment, Header header, Set<String> missing, LocalDateTime origin) {
    private static final LocalDateTime YEAR_1970 = LocalDateTime.of(1970, 1, 1, 0, 0);

    /** What the first line is. */
    public enum Header {
        /**
         * The names of the columns, if one of its fields at least is neither a number nor a date. A first line of numbers
         * alone holds values: names are then those in the comment right before it, as in {@code # t,x}, if they are as
         * many, or else {@code 0}, {@code 1}, ... Only {@code ,0,1}, by which pandas numbers columns behind an index,
         * is taken for names.
         */
        FOUND,
        /** The names of the columns, even if they are numbers. */
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
        Objects.requireNonNull(origin, "origin");
    }

    /** {@return commas, comments behind #, names where they are found, NA and NaN for missing numbers, times since 1970} */
    public static CsvFormat standard() {
        return new CsvFormat(',', '#', Header.FOUND, Set.of("NA", "NaN", "nan", "?"), YEAR_1970);
    }

    /** {@return this format for files without names} */
    public CsvFormat withoutNames() {
        return new CsvFormat(separator, comment, Header.NONE, missing, origin);
    }

    /** {@return this format with another separator} */
    public CsvFormat withSeparator(char separator) {
        return new CsvFormat(separator, comment, header, missing, origin);
    }

    /** {@return this format for files whose first line holds names, even if they are numbers} */
    public CsvFormat withNames() {
        return new CsvFormat(separator, comment, Header.NAMES, missing, origin);
    }

    /**
     * Counts times from another one than the start of 1970.
     *
     * <p>Seconds since 1970 are told apart in float64 down to 0.24 microseconds; near its origin a nanosecond is.
     *
     * @param origin a time in UTC
     * @return the format
     */
    public CsvFormat withOrigin(LocalDateTime origin) {
        return new CsvFormat(separator, comment, header, missing, origin);
    }
}
