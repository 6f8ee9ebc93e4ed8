package dev.odeon.experiments.training;

import java.nio.file.Path;

/** The command that goes on with a run, as one types it. */
final class Resumption {

    /** The system property by which the launcher says how it was called. */
    private static final String LAUNCHER = "odeon.launcher";

    private Resumption() {}

    static String command(String experiment, Path out) {
        return word(System.getProperty(LAUNCHER, "odeon")) + " train " + experiment + " --resume --out "
                + word(out.toString());
    }

    /** As a shell takes it for one word. */
    private static String word(String text) {
        return text.matches("[A-Za-z0-9_./~:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
