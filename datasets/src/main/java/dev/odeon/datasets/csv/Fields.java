package dev.odeon.datasets.csv;

/** Turns the text of a field into a number. */
final class Fields {
    /** What a text is that is none. */
    static final double NOTHING = Double.POSITIVE_INFINITY;

    private Fields() {}

    /** {@return the number; NaN for nothing; {@link #NOTHING} for anything else} */
    static double parse(String field) {
        if (field.isEmpty()) {
            return Double.NaN;
        }
        // Double.parseDouble also takes "1d", "0x1p3" and "Infinity", which no data file means.
        char last = field.charAt(field.length() - 1);
        boolean plain =
                ((last >= '0' && last <= '9') || last == '.') && field.indexOf('x') < 0 && field.indexOf('X') < 0;
        if (!plain) {
            return NOTHING;
        }
        try {
            return Double.parseDouble(field);
        } catch (NumberFormatException e) {
            return NOTHING;
        }
    }
}
