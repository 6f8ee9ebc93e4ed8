package dev.odeon.solvers.solve;

import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of the interval of a solve, from one jump of the field to the next.
 *
 * @param saveAt what is kept of it, its start and its end among the times
 * @param kept how many states of it are among those the whole solve keeps, its start left out
 * @param start what the field does there
 * @param end what the field does there
 */
record Stretch(SaveAt saveAt, int kept, Border start, Border end) {

    /** What the field does at an end of a stretch. */
    enum Border {
        /** It goes on. */
        SMOOTH,
        /** It jumps. */
        JUMP
    }

    /**
     * The stretches of an interval.
     *
     * @param jumps sorted
     */
    static List<Stretch> of(SaveAt whole, double[] jumps) {
        double[] ends = ends(whole, jumps);
        List<Stretch> stretches = new ArrayList<>();
        for (int k = 0; k + 1 < ends.length; k++) {
            double from = ends[k];
            double to = ends[k + 1];
            double[] inner = whole.keepsTimes()
                    ? Arrays.stream(whole.times())
                            .filter(time -> between(from, time, to))
                            .toArray()
                    : new double[0];
            boolean toTheEnd =
                    whole.keepsTimes() && Arrays.stream(whole.times()).anyMatch(time -> time == to);
            stretches.add(new Stretch(
                    saveAt(whole, from, inner, to),
                    inner.length + (toTheEnd ? 1 : 0),
                    border(jumps, from),
                    border(jumps, to)));
        }
        return stretches;
    }

    private static SaveAt saveAt(SaveAt whole, double from, double[] inner, double to) {
        if (whole.keepsTimes() && inner.length == 0) {
            return SaveAt.end(from, to);
        }
        double[] times = new double[inner.length + 2];
        times[0] = from;
        System.arraycopy(inner, 0, times, 1, inner.length);
        times[times.length - 1] = to;
        return whole.keepsTimes()
                ? new SaveAt(times, whole.intermediate())
                : new SaveAt(times, whole.intermediate(), whole.rows());
    }

    private static double[] ends(SaveAt whole, double[] jumps) {
        List<Double> ends = new ArrayList<>();
        ends.add(whole.start());
        for (int k = 0; k < jumps.length; k++) {
            double jump = jumps[whole.direction() > 0 ? k : jumps.length - 1 - k];
            if (between(whole.start(), jump, whole.end())) {
                ends.add(jump);
            }
        }
        ends.add(whole.end());
        return ends.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean between(double from, double time, double to) {
        return time > Math.min(from, to) && time < Math.max(from, to);
    }

    private static Border border(double[] jumps, double time) {
        return Arrays.binarySearch(jumps, time) >= 0 ? Border.JUMP : Border.SMOOTH;
    }

    /** Whether the states at the end of this stretch are among those the whole solve keeps. */
    boolean keepsOnlyItsEnd() {
        return saveAt.intermediate() == SaveAt.Kept.END && kept == 1;
    }
}
