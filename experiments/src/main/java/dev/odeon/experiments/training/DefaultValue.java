package dev.odeon.experiments.training;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What an option is worth if the user does not give it.
 *
 * @param help how the help tells it
 * @param rule tells it from the preset and from the options that were given
 */
public record DefaultValue(String help, BiFunction<Preset, Map<String, String>, String> rule) {

    /** Always the same. */
    public static DefaultValue of(String value) {
        return new DefaultValue(value, (preset, given) -> value);
    }

    /** One for each preset. */
    public static DefaultValue of(String best, String paper) {
        return new DefaultValue(best + ", paper: " + paper, (preset, given) -> preset == Preset.PAPER ? paper : best);
    }

    /**
     * One that follows from other options.
     *
     * @param help how the help tells it
     * @param rule tells it from the options that were given
     */
    public static DefaultValue following(String help, Function<Map<String, String>, String> rule) {
        return new DefaultValue(help, (preset, given) -> rule.apply(given));
    }
}
