package dev.odeon.experiments.pde;

import dev.odeon.experiments.training.Settings;

/** What the equations' settings have in common. */
final class PdeSettings {

    private static final double SAME = 1e-9;

    private PdeSettings() {}

    /**
     * The solve of a window.
     *
     * @param interval between two samples
     * @throws IllegalArgumentException if --time is not a multiple of the interval, or another setting is of no use
     */
    static PdeObjective.Solve solve(Settings settings, double interval) {
        double time = settings.positive("time");
        long length = Math.round(time / interval);
        if (length < 1 || Math.abs(length * interval - time) > SAME * time) {
            throw settings.bad("time", "give a multiple of " + interval + ", the time between two samples");
        }
        return new PdeObjective.Solve(
                settings.method(), settings.positive("dt"), interval, Math.toIntExact(length), settings.gradient());
    }
}
