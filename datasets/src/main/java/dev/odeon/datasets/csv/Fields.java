package dev.odeon.datasets.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Turns the text of a field into a number. */
final class Fields {
    private static final int MONTH = "2016-07".length();
    private static final int DAY = "2016-07-01".length();

    private Fields() {}

    /** {@return the number; seconds since 1970 for a date; NaN for nothing; infinity for anything else} */
    static double parse(String field) {
        if (field.isEmpty()) {
            return Double.NaN;
        }
        // Double.parseDouble also takes "1d", "0x1p3" and "Infinity", which no data file means.
        char last = field.charAt(field.length() - 1);
        if ((last >= '0' && last <= '9') || last == '.') {
            try {
                return field.indexOf('x') >= 0 || field.indexOf('X') >= 0 ? date(field) : Double.parseDouble(field);
            } catch (NumberFormatException e) {
                return date(field);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double date(String field) {
        try {
            if (field.length() == MONTH) {
                return LocalDate.parse(field + "-01").atStartOfDay().toEpochSecond(ZoneOffset.UTC);
            }
            if (field.length() == DAY) {
                return LocalDate.parse(field).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
            }
            LocalDateTime time = LocalDateTime.parse(field.replace(' ', 'T'));
            return time.toInstant(ZoneOffset.UTC).toEpochMilli() / 1000.0;
        } catch (DateTimeException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
