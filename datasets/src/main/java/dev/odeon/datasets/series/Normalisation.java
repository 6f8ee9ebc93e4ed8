package dev.odeon.datasets.series;

import java.util.Arrays;
import java.util.List;

/**
 * Shifts and scales each channel: x becomes (x - offset) / scale.
 *
 * <p>Fit it on the training part and apply it to all parts: a model must not learn from the others. Values that were not
 * observed are passed over and stay so. A channel that never changes is only shifted.
 *
 * @param offset one number per channel; not copied
 * @param scale one positive number per channel; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Computed once and handed to loops over bulk data.
public record Normalisation(double[] offset, double[] scale) {
    public Normalisation {
        if (offset.length != scale.length) {
            throw new IllegalArgumentException(
                    offset.length + " offsets and " + scale.length + " scales: give one of each per channel");
        }
        for (int i = 0; i < scale.length; i++) {
            if (!(scale[i] > 0) || !Double.isFinite(scale[i]) || !Double.isFinite(offset[i])) {
                throw new IllegalArgumentException("offset " + offset[i] + " and scale " + scale[i] + " of channel " + i
                        + ": give finite numbers and a positive scale");
            }
        }
    }

    /**
     * Fits mean 0 and standard deviation 1 (of the population, as most papers' code has it).
     *
     * @param train the training series, one at least
     * @return offset = mean, scale = standard deviation, per channel
     */
    public static Normalisation standard(List<Series> train) {
        int width = train.get(0).width();
        double[] mean = new double[width];
        double[] deviation = new double[width];
        long[] count = new long[width];
        // Welford's recurrence: no cancellation, one pass.
        for (Series series : train) {
            double[] values = series.values();
            for (int i = 0; i < values.length; i++) {
                if (!Double.isNaN(values[i])) {
                    int c = i % width;
                    double delta = values[i] - mean[c];
                    mean[c] += delta / ++count[c];
                    deviation[c] += delta * (values[i] - mean[c]);
                }
            }
        }
        for (int c = 0; c < width; c++) {
            deviation[c] = positive(count[c] == 0 ? 1 : Math.sqrt(deviation[c] / count[c]));
        }
        return new Normalisation(mean, deviation);
    }

    /**
     * Fits the range [0, 1].
     *
     * @param train the training series, one at least
     * @return offset = least value, scale = greatest less least, per channel
     */
    public static Normalisation range(List<Series> train) {
        int width = train.get(0).width();
        double[] least = new double[width];
        double[] greatest = new double[width];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (Series series : train) {
            double[] values = series.values();
            for (int i = 0; i < values.length; i++) {
                if (!Double.isNaN(values[i])) {
                    least[i % width] = Math.min(least[i % width], values[i]);
                    greatest[i % width] = Math.max(greatest[i % width], values[i]);
                }
            }
        }
        for (int c = 0; c < width; c++) {
            boolean seen = least[c] <= greatest[c];
            greatest[c] = seen ? positive(greatest[c] - least[c]) : 1;
            least[c] = seen ? least[c] : 0;
        }
        return new Normalisation(least, greatest);
    }

    /** {@return the series, shifted and scaled} */
    public Series apply(Series series) {
        return map(series, (value, c) -> (value - offset[c]) / scale[c]);
    }

    /** {@return the series, shifted and scaled, each} */
    public List<Series> apply(List<Series> series) {
        return series.stream().map(this::apply).toList();
    }

    /** {@return the series in its own units again} */
    public Series undo(Series series) {
        return map(series, (value, c) -> value * scale[c] + offset[c]);
    }

    private interface Mapping {
        double map(double value, int channel);
    }

    private Series map(Series series, Mapping mapping) {
        if (series.width() != scale.length) {
            throw new IllegalArgumentException(series.name() + " has " + series.width() + " channels: give "
                    + scale.length + ", as this was fitted on");
        }
        double[] values = new double[series.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = mapping.map(series.values()[i], i % scale.length);
        }
        return new Series(series.name(), series.channels(), series.times(), values);
    }

    private static double positive(double scale) {
        return scale > 0 ? scale : 1;
    }
}
