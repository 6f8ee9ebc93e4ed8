package dev.odeon.experiments.options;

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
}
