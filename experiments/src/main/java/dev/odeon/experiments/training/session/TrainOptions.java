package dev.odeon.experiments.training.session;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the user gave to a training command.
 *
 * <p>Only that is kept: the rest depends on experiment and preset, or on the run that is resumed.
 *
 * @param out folder for the results
 * @param start whether a run is new or goes on
 * @param given the other options by name
 */
public record TrainOptions(Path out, Start start, Map<String, String> given) {

    /** How a run starts. */
    public enum Start {
        /** In a new folder. */
        NEW,
        /** After its last finished epoch. */
        RESUMED
    }

    boolean resume() {
        return start == Start.RESUMED;
    }
}
