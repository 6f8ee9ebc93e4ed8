package dev.odeon.solvers.steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Steps of one size; the last step before a kept time is shortened to end there.
 *
 * @param size in units of time, positive
 */
public record FixedSteps(double size) implements KnownSteps {

    /** Steps that differ by less than this fraction share one factor. */
    private static final double SAME = 1e-9;

    /** Two times that were rounded may be so many of their spacings closer than they were meant to be. */
    private static final int ROUNDED = 2;

    /** Each step has a few numbers in the graph: some hundred megabytes at most. */
    private static final int MOST = 10_000_000;

    public FixedSteps {
        if (!(size > 0) || !Double.isFinite(size)) {
            throw new IllegalArgumentException("The step size is " + size + ": give a positive, finite number");
        }
    }

    @Override
    public TimeGrid grid(SaveAt saveAt) {
        return between(saveAt).keptAs(saveAt);
    }

    private TimeGrid between(SaveAt saveAt) {
        double[] times = saveAt.offsets();
        // A step of less than the rounding of the times would be left over far from zero.
        double sliver = Math.max(SAME * size, ROUNDED * saveAt.rounding());
        boolean all = saveAt.keepsTimes();
        List<Double> starts = new ArrayList<>();
        List<Integer> sizeIndices = new ArrayList<>();
        List<Integer> saveIndices = new ArrayList<>();
        List<Double> sizes = new ArrayList<>();
        int none = all ? times.length - 1 : 0;
        for (int k = 0; k + 1 < times.length; k++) {
            double length = Math.abs(times[k + 1] - times[k]);
            long full = (long) Math.floor(length / size * (1 + SAME) + sliver / size);
            double rest = length - full * size;
            if (starts.size() + full > MOST) {
                throw new IllegalArgumentException("The interval " + length + " needs " + full + " steps of " + size
                        + ": take larger steps or a shorter interval, at most " + MOST + " steps in one solve");
            }
            boolean shortened = rest > sliver;
            int count = (int) full + (shortened ? 1 : 0);
            for (int i = 0; i < count; i++) {
                starts.add(times[k] + saveAt.direction() * i * size);
                sizeIndices.add(indexOf(sizes, saveAt.direction() * (i < full ? size : rest)));
                saveIndices.add(all && i == count - 1 ? k : none);
            }
        }
        return new TimeGrid(
                starts.stream().mapToDouble(Double::doubleValue).toArray(),
                sizes.stream().mapToDouble(Double::doubleValue).toArray(),
                sizeIndices.stream().mapToInt(Integer::intValue).toArray(),
                saveIndices.stream().mapToInt(Integer::intValue).toArray(),
                none);
    }

    private static int indexOf(List<Double> sizes, double step) {
        for (int i = 0; i < sizes.size(); i++) {
            if (Math.abs(sizes.get(i) - step) <= SAME * Math.abs(step)) {
                return i;
            }
        }
        sizes.add(step);
        return sizes.size() - 1;
    }

    @Override
    public String toString() {
        return "FixedSteps" + Arrays.toString(new double[] {size});
    }
}
