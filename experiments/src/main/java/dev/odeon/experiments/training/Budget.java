package dev.odeon.experiments.training;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as the command line takes them: bytes, or kibi-, mebi- or gibibytes as in 512K, 64M, 2G. */
final class Budget {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([KMG]?)");

    private Budget() {}

    /** The bytes; empty if it is no amount, or none. */
    static OptionalLong bytes(String text) {
        Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        int power = " KMG".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
        long bytes = Long.parseLong(matcher.group(1)) << (10 * power);
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }
}
