package dev.odeon.datasets.series;

import dev.odeon.datasets.RowTensors;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * N series of different lengths as tensors of the longest length T.
 *
 * <p>Behind the end of a series the values and the mask are 0 and its last time is repeated, so that a solver that steps
 * from time to time stands still there.
 *
 * @param series the series, one at least, all of the same channels and none empty
 */
public record PaddedSeries(List<Series> series) {
    public PaddedSeries {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("no series: give one at least");
        }
        for (Series each : series) {
            if (each.length() == 0 || !each.channels().equals(series.get(0).channels())) {
                throw new IllegalArgumentException(
                        each.name() + ": give series of the same channels with one time at least");
            }
        }
    }

    /** {@return the longest length, T} */
    public int length() {
        return series.stream().mapToInt(Series::length).max().orElseThrow();
    }

    /** {@return the number of times of each series, of shape [N]; to be closed by the caller} */
    public TInt32 lengths() {
        return TInt32.vectorOf(series.stream().mapToInt(Series::length).toArray());
    }

    /** {@return the values, of shape [N, T, C]; to be closed by the caller} */
    public TFloat32 values32() {
        return RowTensors.float32(shape(), (row, target) -> fill(row, target, Fill.VALUES));
    }

    /** {@return the values, of shape [N, T, C]; to be closed by the caller} */
    public TFloat64 values64() {
        return RowTensors.float64(shape(), (row, target) -> fill(row, target, Fill.VALUES));
    }

    /** {@return 1 where a value was observed and 0 elsewhere, of shape [N, T, C]; to be closed by the caller} */
    public TFloat32 mask32() {
        return RowTensors.float32(shape(), (row, target) -> fill(row, target, Fill.MASK));
    }

    /** {@return 1 where a value was observed and 0 elsewhere, of shape [N, T, C]; to be closed by the caller} */
    public TFloat64 mask64() {
        return RowTensors.float64(shape(), (row, target) -> fill(row, target, Fill.MASK));
    }

    /** {@return the times, of shape [N, T]; to be closed by the caller} */
    public TFloat64 times() {
        return RowTensors.float64(Shape.of(series.size(), length()), (row, target) -> {
            double[] times = series.get(row).times();
            for (int i = 0; i < target.length; i++) {
                target[i] = times[Math.min(i, times.length - 1)];
            }
        });
    }

    private enum Fill {
        VALUES,
        MASK
    }

    private Shape shape() {
        return Shape.of(series.size(), length(), series.get(0).width());
    }

    private void fill(int row, double[] target, Fill what) {
        double[] values = series.get(row).values();
        for (int i = 0; i < target.length; i++) {
            boolean there = i < values.length && !Double.isNaN(values[i]);
            target[i] = !there ? 0 : what == Fill.MASK ? 1 : values[i];
        }
    }
}
