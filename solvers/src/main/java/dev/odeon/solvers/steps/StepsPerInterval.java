package dev.odeon.solvers.steps;

/**
 * The same number of equal steps between any two neighbouring times.
 *
 * <p>For {@link SampleTimes}, where intervals differ from sample to sample and from run to run; also for {@link SaveAt}. Long
 * intervals get large steps: take {@link PidController} where they differ much and accuracy matters.
 *
 * @param count of steps in each interval
 */
public record StepsPerInterval(int count) implements KnownSteps {

    public StepsPerInterval {
        if (count < 1) {
            throw new IllegalArgumentException("There are " + count + " steps in each interval: give at least one");
        }
    }

    @Override
    public TimeGrid grid(SaveAt saveAt) {
        double[] times = saveAt.offsets();
        double rounding = 2 * saveAt.rounding() / count;
        int intervals = times.length - 1;
        int steps = Math.multiplyExact(intervals, count);
        boolean all = saveAt.keepsTimes();
        double[] starts = new double[steps];
        int[] sizeIndices = new int[steps];
        int[] saveIndices = new int[steps];
        double[] sizes = new double[intervals];
        int kinds = 0;
        int none = all ? intervals : 0;
        for (int k = 0; k < intervals; k++) {
            double size = (times[k + 1] - times[k]) / count;
            int kind = 0;
            while (kind < kinds && !same(sizes[kind], size, rounding)) {
                kind++;
            }
            if (kind == kinds) {
                sizes[kinds++] = size;
            }
            for (int i = 0; i < count; i++) {
                int n = k * count + i;
                starts[n] = times[k] + i * size;
                sizeIndices[n] = kind;
                saveIndices[n] = all && i == count - 1 ? k : none;
            }
        }
        return new TimeGrid(starts, java.util.Arrays.copyOf(sizes, kinds), sizeIndices, saveIndices, none)
                .keptAs(saveAt);
    }

    /** Steps that differ by rounding share one factor. */
    private static boolean same(double a, double b, double rounding) {
        return Math.abs(a - b) <= Math.max(1e-9 * Math.abs(b), rounding);
    }
}
