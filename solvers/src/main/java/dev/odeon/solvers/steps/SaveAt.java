package dev.odeon.solvers.steps;

import java.util.Arrays;

/**
 * The interval of a solve and the times at which its state is kept.
 *
 * @param times all increasing, or all decreasing for a solve in reverse time; the first is the start, the last the end
 * @param intermediate whether the states at all times are kept, or only the last
 */
public record SaveAt(double[] times, Kept intermediate) {

    /** Which states are kept. */
    public enum Kept {
        /** Only the last. */
        END,
        /** One for each time, the first included. */
        ALL
    }

    public SaveAt {
        if (times.length < 2) {
            throw new IllegalArgumentException(
                    "A solve needs a start and an end, not " + Arrays.toString(times) + ": give two times or more");
        }
        for (int i = 0; i < times.length; i++) {
            double forward = Math.signum(times[1] - times[0]);
            if (!Double.isFinite(times[i]) || (i > 0 && !(forward * (times[i] - times[i - 1]) > 0))) {
                throw new IllegalArgumentException("The times " + Arrays.toString(times) + " do not go on at position "
                        + i + ": give finite times, all increasing or all decreasing");
            }
        }
    }

    /** From a start to an end, keeping the state at the end. */
    public static SaveAt end(double start, double end) {
        return new SaveAt(new double[] {start, end}, Kept.END);
    }

    /** Keeping the states at all given times; the first is the start. */
    public static SaveAt times(double... times) {
        return new SaveAt(times.clone(), Kept.ALL);
    }

    /** The time at which the solve starts. */
    public double start() {
        return times[0];
    }

    /** The time at which the solve ends. */
    public double end() {
        return times[times.length - 1];
    }

    /** 1 forward in time, -1 in reverse. */
    public int direction() {
        return end() > start() ? 1 : -1;
    }
}
