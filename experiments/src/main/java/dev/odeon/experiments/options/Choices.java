package dev.odeon.experiments.options;

import dev.odeon.datasets.Nearest;
import java.util.List;
import java.util.function.Function;

/** Values of options, checked: what is wrong is named with the option, and with what could be given instead. */
public final class Choices {

    private Choices() {}

    /**
     * Those that were asked for by name, in their own order; all if none was.
     *
     * @throws IllegalArgumentException if a name belongs to none
     */
    public static <V> List<V> of(String option, List<String> wanted, List<V> all, Function<V, String> name) {
        List<String> names = all.stream().map(name).toList();
        for (String each : wanted) {
            if (!names.contains(each)) {
                throw new IllegalArgumentException(
                        option + " is " + each + Nearest.hint(each, names) + ": choose from " + names);
            }
        }
        return all.stream()
                .filter(each -> wanted.isEmpty() || wanted.contains(name.apply(each)))
                .toList();
    }

    /**
     * Refuses a number below one.
     *
     * @throws IllegalArgumentException if it is
     */
    public static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " is " + value + ": give 1 or more");
        }
    }
}
