package dev.odeon.datasets.series;

import dev.odeon.datasets.RowTensors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * N pieces of equal length L, cut out of series of C channels.
 *
 * <p>Holds places, not values: windows may overlap without taking memory, and values are copied once, into a tensor.
 * Values that were not observed become 0 there; the mask tells them apart.
 *
 * @param series the series, all of the same channels
 * @param owner for each window, the index of its series; not copied
 * @param start for each window, the index of its first time; not copied
 * @param length times per window, 1 or more
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record Windows(List<Series> series, int[] owner, int[] start, int length) {
    public Windows {
        series = List.copyOf(series);
        if (series.isEmpty() || length < 1 || owner.length != start.length) {
            throw new IllegalArgumentException(series.size() + " series, length = " + length + ", " + owner.length
                    + " owners and " + start.length + " starts: give a series, a length, and one of each per window");
        }
        for (Series each : series) {
            if (!each.channels().equals(series.get(0).channels())) {
                throw new IllegalArgumentException("series with channels "
                        + series.get(0).channels() + " and " + each.channels() + ": give series of the same channels");
            }
        }
        for (int i = 0; i < owner.length; i++) {
            Objects.checkIndex(owner[i], series.size());
            Objects.checkFromIndexSize(start[i], length, series.get(owner[i]).length());
        }
    }

    /**
     * Cuts series into windows.
     *
     * @param series the series, all of the same channels; those that are too short give no window
     * @param rule how they are cut
     * @return the windows, series by series
     */
    public static Windows of(List<Series> series, WindowRule rule) {
        int total = series.stream().mapToInt(each -> rule.count(each.length())).sum();
        int[] owner = new int[total];
        int[] start = new int[total];
        int next = 0;
        for (int i = 0; i < series.size(); i++) {
            int count = rule.count(series.get(i).length());
            for (int k = 0; k < count; k++) {
                owner[next] = i;
                start[next++] = k * rule.stride();
            }
        }
        return new Windows(series, owner, start, rule.length());
    }

    /** {@return the number of windows, N} */
    public int count() {
        return owner.length;
    }

    /** {@return the number of channels, C} */
    public int width() {
        return series.get(0).width();
    }

    /**
     * The same places in other series, such as targets.
     *
     * @param others as many series, each as long as the one at its place
     * @return windows of equal times
     */
    public Windows over(List<Series> others) {
        if (others.size() != series.size()) {
            throw new IllegalArgumentException(others.size() + " series: give " + series.size() + ", one for each");
        }
        return new Windows(others, owner, start, length);
    }

    /** {@return some of the windows, by index, in the order given} */
    public Windows select(int[] which) {
        return new Windows(
                series,
                Arrays.stream(which).map(i -> owner[i]).toArray(),
                Arrays.stream(which).map(i -> start[i]).toArray(),
                length);
    }

    /** {@return the values, of shape [N, L, C], 0 where there is none; to be closed by the caller} */
    public TFloat32 values32() {
        return RowTensors.float32(Shape.of(count(), length, width()), this::values);
    }

    /** {@return the values, of shape [N, L, C], 0 where there is none; to be closed by the caller} */
    public TFloat64 values64() {
        return RowTensors.float64(Shape.of(count(), length, width()), this::values);
    }

    /** {@return 1 where a value was observed and 0 elsewhere, of shape [N, L, C]; to be closed by the caller} */
    public TFloat32 mask32() {
        return RowTensors.float32(Shape.of(count(), length, width()), this::mask);
    }

    /** {@return 1 where a value was observed and 0 elsewhere, of shape [N, L, C]; to be closed by the caller} */
    public TFloat64 mask64() {
        return RowTensors.float64(Shape.of(count(), length, width()), this::mask);
    }

    /** {@return the times, of shape [N, L]; to be closed by the caller} */
    public TFloat64 times() {
        return RowTensors.float64(Shape.of(count(), length), this::times);
    }

    /**
     * The time that passed since the value before, also for the first one of a window, if a value precedes it.
     *
     * @param beforeFirst for a window at the very beginning, the time before the first one
     * @return a tensor of shape [N, L], to be closed by the caller
     */
    public TFloat64 elapsed(double beforeFirst) {
        return RowTensors.float64(Shape.of(count(), length), (row, target) -> {
            double[] times = series.get(owner[row]).times();
            for (int i = 0; i < length; i++) {
                int at = start[row] + i;
                target[i] = times[at] - (at == 0 ? beforeFirst : times[at - 1]);
            }
        });
    }

    private void values(int row, double[] target) {
        System.arraycopy(series.get(owner[row]).values(), start[row] * width(), target, 0, target.length);
        for (int i = 0; i < target.length; i++) {
            if (Double.isNaN(target[i])) {
                target[i] = 0;
            }
        }
    }

    private void mask(int row, double[] target) {
        double[] values = series.get(owner[row]).values();
        int from = start[row] * width();
        for (int i = 0; i < target.length; i++) {
            target[i] = Double.isNaN(values[from + i]) ? 0 : 1;
        }
    }

    private void times(int row, double[] target) {
        System.arraycopy(series.get(owner[row]).times(), start[row], target, 0, length);
    }
}
