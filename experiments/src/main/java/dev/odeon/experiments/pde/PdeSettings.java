package dev.odeon.experiments.pde;

import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.Settings;

/** What the equations' settings have in common. */
final class PdeSettings {

    private static final double SAME = 1e-9;
    /** At which the widest kernel still fits into one array. */
    private static final int LARGEST_GRID = 8192;
    /** What Java's arrays hold. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private PdeSettings() {}

    /** The option for a file of trajectories. */
    static ExperimentOption data() {
        return CommonOption.DATA.explained(
                "Read the trajectories from this Arrow file; otherwise they are simulated", DefaultValue.of(""));
    }

    /** The option for the step size. */
    static ExperimentOption stepSize(String value) {
        return CommonOption.DT.explained(
                "Step size in units of time, at most the time between two samples", DefaultValue.of(value));
    }

    /** The option for the size of a batch. */
    static ExperimentOption batch(DefaultValue value) {
        return CommonOption.BATCH.explained(
                "TrainingWindows in an iteration; the last ones of an epoch of training are left out where they do not fill one,"
                        + " those of the validation all count",
                value);
    }

    /**
     * The points in space.
     *
     * @param least smallest number
     * @param divisor of which it must be a multiple
     */
    static int grid(Settings settings, int least, int divisor) {
        int grid = settings.count("grid");
        if (grid < least || grid > LARGEST_GRID || grid % divisor != 0) {
            throw settings.bad("grid", "give a multiple of " + divisor + " from " + least + " to " + LARGEST_GRID);
        }
        return grid;
    }

    /**
     * How many there are of something, each of which takes a number of values, besides a number of others.
     *
     * @throws IllegalArgumentException if all together do not fit into one array
     */
    static int count(Settings settings, String name, int least, long values, long others) {
        int count = settings.count(name);
        long most = LARGEST_ARRAY / values - others;
        if (count < least || count > most) {
            throw settings.bad(name, "give a whole number from " + least + " to " + most);
        }
        return count;
    }

    /**
     * The solve of a window.
     *
     * @param interval between two samples
     * @param samples that a window may have at most
     * @throws IllegalArgumentException if --time is not a multiple of the interval, or another setting is of no use
     */
    static PdeObjective.Solve solve(Settings settings, double interval, int samples) {
        double time = settings.positive("time");
        long length = Math.round(time / interval);
        if (length < 1 || Math.abs(length * interval - time) > SAME * time) {
            throw settings.bad("time", "give a multiple of " + interval + ", the time between two samples");
        }
        if (length >= samples) {
            throw settings.bad(
                    "time",
                    "give at most " + (float) ((samples - 1) * interval) + ", what " + samples + " samples span");
        }
        double dt = settings.positive("dt");
        if (dt > interval * (1 + SAME)) {
            throw settings.bad("dt", "give at most " + interval + ", the time between two samples");
        }
        return new PdeObjective.Solve(settings.method(), dt, interval, (int) length, settings.gradient());
    }
}
