package dev.odeon.experiments.training.session;

import java.nio.file.Path;

/**
 * What goes on with a run, or with the series that it belongs to.
 *
 * @param experiment its name
 * @param out folder that the user named
 */
record Resumption(String experiment, Path out) {

    /** The system property by which the launcher says how it was called. */
    private static final String LAUNCHER = "odeon.launcher";

    /** The command, as one types it. */
    String command() {
        return word(System.getProperty(LAUNCHER, "odeon")) + " train " + experiment + " --resume --out "
                + word(out.toString());
    }

    /** As a shell takes it for one word. */
    private static String word(String text) {
        return text.matches("[A-Za-z0-9_./~:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
