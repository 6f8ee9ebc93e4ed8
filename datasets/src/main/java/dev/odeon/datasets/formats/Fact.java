package dev.odeon.datasets.formats;

import java.util.OptionalLong;

/**
 * A count that a paper or a publisher prints about a data set.
 *
 * @param name what is counted
 * @param value how many
 * @param published how many they print, if that is known here
 */
public record Fact(String name, long value, OptionalLong published) {
    /** A count that is not compared. */
    public Fact(String name, long value) {
        this(name, value, OptionalLong.empty());
    }

    /** A count that is compared with the one that is printed. */
    public Fact(String name, long value, long published) {
        this(name, value, OptionalLong.of(published));
    }

    /** {@return the count, and the one that should be there if it is another} */
    public String text() {
        return published.isPresent() && published.getAsLong() != value
                ? value + " (published: " + published.getAsLong() + ")"
                : Long.toString(value);
    }
}
