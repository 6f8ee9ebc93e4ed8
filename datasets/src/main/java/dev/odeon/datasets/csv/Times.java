package dev.odeon.datasets.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times as texts, and as seconds. */
final class Times {
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d{2})(?:(-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?) ?(Z|[+-]\\d{2}(?::?\\d{2})?)?)?)?");
    private static final int NANO_DIGITS = 9;

    private Times() {}

    /**
     * Reads a date or a time.
     *
     * @param field the text, for example {@code 1749-01}, {@code 2016-07-01}, {@code 2016-07-01 13:00:00.25},
     *     {@code 2016-07-01T13:00:00+02:00}; without a time zone it is in UTC
     * @return the time in UTC, or empty if it is none, or finer than a nanosecond
     */
    static Optional<LocalDateTime> parse(String field) {
        Matcher parts = TIME.matcher(field);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(parts.group(1) + (parts.group(2) == null ? "-01" : parts.group(2)));
            LocalTime time = parts.group(3) == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(3));
            ZoneOffset zone = parts.group(4) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(4));
            return Optional.of(OffsetDateTime.of(day, time, zone)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@return the float64 nearest to the seconds from one time to another} */
    static double seconds(LocalDateTime origin, LocalDateTime time) {
        Duration since = Duration.between(origin, time);
        return since.getNano() == 0 ? since.getSeconds() : exact(since).doubleValue();
    }

    /** {@return whether float64 seconds tell all digits of a text back} */
    static boolean isTold(String field, LocalDateTime origin, LocalDateTime time) {
        int digits = digits(field);
        return digits == 0
                || new BigDecimal(seconds(origin, time))
                                .setScale(digits, RoundingMode.HALF_EVEN)
                                .compareTo(exact(Duration.between(origin, time)))
                        == 0;
    }

    private static BigDecimal exact(Duration since) {
        return BigDecimal.valueOf(since.getSeconds()).add(BigDecimal.valueOf(since.getNano(), NANO_DIGITS));
    }

    /** {@return how many digits of the seconds are told, zeros at the end left out} */
    private static int digits(String field) {
        int point = field.indexOf('.');
        int end = point;
        for (int i = point + 1; point >= 0 && i < field.length() && Character.isDigit(field.charAt(i)); i++) {
            end = field.charAt(i) == '0' ? end : i;
        }
        return end - point;
    }
}
