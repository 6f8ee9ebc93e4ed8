package dev.odeon.experiments.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where the settings that a user does not give come from. */
public enum Preset {
    /** The recipe that was found to work best. */
    BEST,
    /** The settings of the paper's code. */
    PAPER;

    static final Map<String, Preset> CHOICES = choices();

    private static Map<String, Preset> choices() {
        Map<String, Preset> choices = new LinkedHashMap<>();
        choices.put("best", BEST);
        choices.put("paper", PAPER);
        return choices;
    }
}
