package dev.odeon.plots;

import java.awt.Color;

/** Colours that are dark enough on white, and different also for the colour-blind. Source: Okabe, Ito, Color universal design, 2008. */
final class Palette {

    private static final Color[] COLOURS = {
        new Color(0, 114, 178),
        new Color(213, 94, 0),
        new Color(0, 158, 115),
        new Color(204, 121, 167),
        new Color(86, 180, 233),
        new Color(230, 159, 0),
        Color.DARK_GRAY
    };

    private Palette() {}

    /** How many there are. */
    static int size() {
        return COLOURS.length;
    }

    /** One of them; after the last they begin again. */
    static Color colour(int i) {
        return COLOURS[i % COLOURS.length];
    }
}
