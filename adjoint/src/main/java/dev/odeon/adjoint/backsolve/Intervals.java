package dev.odeon.adjoint.backsolve;

import dev.odeon.solvers.solve.DefinedLoop;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The stretches between kept times, over which the way back leads one after the other, the last first.
 *
 * @param origins for each interval the offset it is entered at: its end in the direction of the forward solve
 * @param lengths the different signed lengths, from the origin to the other end
 * @param kinds for each interval the index of its length
 * @param rows for each interval the row in which the state at its origin was kept; empty if only the end is
 */
public record Intervals(double[] origins, double[] lengths, int[] kinds, int[] rows) {

    /** Lengths that differ by so many spacings of the times are one. */
    private static final int ROUNDING = 8;

    /** Those of a loop. */
    public static Intervals of(DefinedLoop<?> loop) {
        return loop instanceof DefinedLoop.Known<?> known
                ? of(known.prepared().grid(), known.prepared().before(), loop.saveAt())
                : of(loop.saveAt());
    }

    /** Those of a loop over steps of known sizes, of which the first were taken before it. */
    private static Intervals of(TimeGrid grid, int before, SaveAt saveAt) {
        List<Double> ends = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int n = before; n < grid.count(); n++) {
            if (grid.keeps(n)) {
                ends.add(n + 1 < grid.count() ? grid.start(n + 1) : saveAt.length());
                rows.add(grid.saveIndex(n));
            }
        }
        if (ends.isEmpty()) {
            ends.add(saveAt.length());
        }
        return between(
                grid.start(before),
                ends.stream().mapToDouble(Double::doubleValue).toArray(),
                rows.stream().mapToInt(Integer::intValue).toArray(),
                saveAt);
    }

    /** Those of a loop over chosen steps. */
    private static Intervals of(SaveAt saveAt) {
        if (!saveAt.keepsTimes()) {
            return between(0, new double[] {saveAt.length()}, new int[0], saveAt);
        }
        double[] ends = Arrays.copyOfRange(saveAt.offsets(), 1, saveAt.count());
        int[] rows = new int[ends.length];
        Arrays.setAll(rows, k -> k);
        return between(0, ends, rows, saveAt);
    }

    private static Intervals between(double start, double[] ends, int[] rows, SaveAt saveAt) {
        double rounding = ROUNDING * saveAt.rounding();
        double[] lengths = new double[ends.length];
        int[] kinds = new int[ends.length];
        int found = 0;
        for (int k = 0; k < ends.length; k++) {
            double length = (k == 0 ? start : ends[k - 1]) - ends[k];
            int kind = 0;
            while (kind < found && Math.abs(lengths[kind] - length) > rounding) {
                kind++;
            }
            if (kind == found) {
                lengths[found++] = length;
            }
            kinds[k] = kind;
        }
        return new Intervals(ends, Arrays.copyOf(lengths, found), kinds, rows);
    }

    /** How many there are. */
    int count() {
        return origins.length;
    }

    /** Whether states between start and end were kept. */
    boolean kept() {
        return rows.length > 0;
    }
}
