package dev.odeon.solvers.steps;

import java.util.Arrays;
import java.util.Objects;

/**
 * The interval of a solve and what is kept of it.
 *
 * <p>A solve computes with the time since its start, so that its steps and the solution of a field that does not read the
 * time are the same wherever it starts. A field, an event and the solution have the times given here, rounded to the element
 * type: float32 tells times near 1e6 apart to 0.06, and near 1.6e9 (Unix seconds) to
 * 128; times that are the same then are refused.
 *
 * @param times all increasing, or all decreasing for a solve in reverse time; the first is the start, the last the end
 * @param intermediate what is kept
 * @param rows how many states or steps there is room for; as many as times where the times are given
 */
public record SaveAt(double[] times, Kept intermediate, int rows) {

    /** What is kept. */
    public enum Kept {
        /** Only the last state. */
        END,
        /** One state for each time, the first included. */
        ALL,
        /** The same, and steps of chosen sizes are cut to end at each of these times. */
        STOPS,
        /** One state for each accepted step, and the first. */
        STEPS,
        /** The last state, and the dense output of each accepted step. */
        DENSE
    }

    public SaveAt {
        Objects.requireNonNull(intermediate, "intermediate");
        times = times.clone();
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
        if (rows < 1) {
            throw new IllegalArgumentException(
                    "There is room for " + rows + " rows: give at least one, and one for each step that is expected");
        }
    }

    /** Given times, one row for each. */
    public SaveAt(double[] times, Kept intermediate) {
        this(times, intermediate, Math.max(1, times.length));
    }

    /** From a start to an end, keeping the state at the end. */
    public static SaveAt end(double start, double end) {
        return new SaveAt(new double[] {start, end}, Kept.END);
    }

    /**
     * Keeping the states at all given times; the first is the start.
     *
     * <p>Fixed steps end at each time. Chosen steps do not: the states are those of the method's dense output, which is
     * coarser than the steps at tight tolerances (`docs/SOLVERS.md` has figures); {@link #stops} is for these.
     */
    public static SaveAt times(double... times) {
        return new SaveAt(times, Kept.ALL);
    }

    /**
     * Keeping the states at all given times, each of which ends a step: as accurate as the steps themselves.
     *
     * <p>Many times cost many steps. A method whose factors are kept for some sizes only cannot stop at any time and is
     * refused with {@link PidController}.
     */
    public static SaveAt stops(double... times) {
        return new SaveAt(times, Kept.STOPS);
    }

    /** Whether one state is kept for each given time. */
    public boolean keepsTimes() {
        return intermediate == Kept.ALL || intermediate == Kept.STOPS;
    }

    /**
     * Keeping the start and the end of every accepted step.
     *
     * <p>With {@link FixedSteps} there are as many rows as steps, and one for the start. With {@link PidController} there are
     * {@code rows} rows; those not reached are NaN, and a solve that needs more ends with MAX_ROWS.
     *
     * @param rows the most states to keep, the start included
     */
    public static SaveAt steps(double start, double end, int rows) {
        return new SaveAt(new double[] {start, end}, Kept.STEPS, rows);
    }

    /**
     * Keeping the dense output of every accepted step, to be asked for the state at any time.
     *
     * @param rows the most steps to keep, between two jumps where the field jumps; a solve that needs more ends with MAX_ROWS
     */
    public static SaveAt dense(double start, double end, int rows) {
        return new SaveAt(new double[] {start, end}, Kept.DENSE, rows);
    }

    /** A copy of the times. */
    @Override
    public double[] times() {
        return times.clone();
    }

    /** How many times there are, the start and the end included. */
    public int count() {
        return times.length;
    }

    /** The time at which the solve starts. */
    public double start() {
        return times[0];
    }

    /** The time at which the solve ends. */
    public double end() {
        return times[times.length - 1];
    }

    /** The times counted from the start, in which the loops compute: exact, or rounded once. */
    public double[] offsets() {
        return Arrays.stream(times).map(time -> time - times[0]).toArray();
    }

    /** The signed length of the interval: the offset of its end. */
    public double length() {
        return end() - start();
    }

    /** The spacing of doubles at the times: lengths that differ by a few of these were meant to be the same. */
    public double rounding() {
        return Math.ulp(Math.max(Math.abs(start()), Math.abs(end())));
    }

    /** 1 forward in time, -1 in reverse. */
    public int direction() {
        return end() > start() ? 1 : -1;
    }
}
