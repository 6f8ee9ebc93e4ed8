package dev.odeon.experiments.options;

import java.util.List;
import java.util.function.Function;

/** Refusals shared by the commands: each names the option, its value and the remedy. */
public final class OptionChecks {

    private OptionChecks() {}

    /**
     * Requires a number of something.
     *
     * @param option with its dashes
     * @throws IllegalArgumentException if the value is below one
     */
    public static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " is " + value + ": give 1 or more");
        }
    }

    /**
     * The values whose names are wanted, in their own order; all if none is.
     *
     * @param option with its dashes
     * @throws IllegalArgumentException if a name is not one of theirs
     */
    public static <V> List<V> chosen(String option, List<String> wanted, List<V> all, Function<V, String> name) {
        List<String> names = all.stream().map(name).toList();
        for (String each : wanted) {
            if (!names.contains(each)) {
                throw new IllegalArgumentException(option + " is " + each + ": choose from " + names);
            }
        }
        return all.stream()
                .filter(each -> wanted.isEmpty() || wanted.contains(name.apply(each)))
                .toList();
    }
}
