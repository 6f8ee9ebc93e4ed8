package dev.odeon.experiments.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.Settings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.function.Function;

/** What the equations' settings have in common. */
final class PdeSettings {

    private static final String GRID = "grid";
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

    /** The option for the points in space. */
    static ExperimentOption points(String which, String simulated) {
        return ExperimentOption.of(
                GRID,
                "Points in space, " + which + "; with --data the file's",
                fromFile(DefaultValue.of(simulated), file -> String.valueOf(file.points())));
    }

    /**
     * The option for the step size.
     *
     * @param simulated its default for simulated data
     * @param steps between two samples of a file
     */
    static ExperimentOption stepSize(String simulated, int steps) {
        return CommonOption.DT.explained(
                "Step size in units of time, at most the time between two samples; with --data "
                        + (steps == 1 ? "that" : "a part of it, one of " + steps),
                fromFile(DefaultValue.of(simulated), file -> plain(file.interval() / steps)));
    }

    /** The option for the length of a solve. */
    static ExperimentOption time(String simulated) {
        return CommonOption.TIME.explained(
                "Length of a solve in units of time, a multiple of the time between two samples; with --data that",
                fromFile(DefaultValue.of(simulated), file -> plain(file.interval())));
    }

    /** The option for a constant of the equation; for a file that does not say it, it has to be given. */
    static ExperimentOption constant(String name, String what, double ofPaper) {
        return ExperimentOption.of(
                name,
                what + "; with --data the file's, to be given if the file does not say it",
                fromFile(DefaultValue.of(plain(ofPaper)), file -> file.said(name)));
    }

    /** A default that a file of the user's tells, if there is one. */
    static DefaultValue fromFile(DefaultValue simulated, Function<FileFacts, String> told) {
        return new DefaultValue(
                simulated.help(),
                (preset, given) -> FileFacts.of(given)
                        .map(told)
                        .orElseGet(() -> simulated.rule().apply(preset, given)));
    }

    /** A number as one types it. */
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /**
     * A constant of the equation.
     *
     * @param ofPaper named as an example
     * @throws IllegalArgumentException if neither the user nor the file says it, or it is of no use
     */
    static double constant(Settings settings, String name, double ofPaper) {
        if (settings.text(name).isEmpty()) {
            throw new IllegalArgumentException(settings.text(Settings.DATA) + " does not say the " + name
                    + " of its equation: give --" + name + ", which is " + plain(ofPaper) + " in the paper");
        }
        return settings.positive(name);
    }

    /** The option for the size of a batch. */
    static ExperimentOption batch(DefaultValue value) {
        return CommonOption.BATCH.explained(
                "Windows in an iteration; the last ones of an epoch of training are left out where they do not fill one,"
                        + " those of the validation all count",
                value);
    }

    /**
     * Refuses a batch larger than an epoch, before anything is simulated.
     *
     * @param windows that train
     * @throws IllegalArgumentException if it is
     */
    static void requireBatch(Settings settings, int windows) {
        int batch = settings.count(CommonOption.BATCH.option());
        if (batch > windows) {
            throw settings.bad(
                    CommonOption.BATCH.option(),
                    "there are only " + windows + " training windows, give at most " + windows);
        }
    }

    /**
     * The points in space.
     *
     * @param least smallest number
     * @param divisor of which it must be a multiple
     */
    static int grid(Settings settings, int least, int divisor) {
        int grid = settings.count(GRID);
        if (grid < least || grid > LARGEST_GRID || grid % divisor != 0) {
            String fit = "a multiple of " + divisor + " from " + least + " to " + LARGEST_GRID;
            FileFacts file = FileFacts.of(settings.all()).orElse(null);
            if (file != null && file.points() == grid) {
                throw DataException.of(
                        Path.of(settings.text(Settings.DATA)),
                        "has " + grid + " points",
                        fit,
                        "sample its states at other points, or give another file");
            }
            throw settings.bad(GRID, "give " + fit);
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
