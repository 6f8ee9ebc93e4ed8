package dev.odeon.experiments.series;

import dev.odeon.datasets.series.Windows;
import dev.odeon.graph.Floats;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The windows of one part of the data.
 *
 * @param observed what is fed
 * @param forecast behind the last of the next observations; null if nothing is forecast
 */
record SeriesPart(Windows observed, @Nullable Windows forecast) {

    /** The windows one observation later. */
    Windows next() {
        return new Windows(
                observed.series(),
                observed.owner(),
                Arrays.stream(observed.start()).map(start -> start + 1).toArray(),
                observed.length());
    }

    /** At most so many windows, the first ones. */
    SeriesPart first(int most) {
        int[] which = IntStream.range(0, Math.min(most, observed.count())).toArray();
        return new SeriesPart(observed.select(which), forecast == null ? null : forecast.select(which));
    }

    /**
     * The columns of an objective; the caller closes them.
     *
     * @param unit of time for the model, in that of the data
     */
    Map<String, TType> columns(Class<? extends TFloating> type, double unit) {
        Map<String, TType> columns = new LinkedHashMap<>();
        columns.put(SeriesObjective.OBSERVED, values(type, observed));
        columns.put(SeriesObjective.NEXT, values(type, next()));
        columns.put(SeriesObjective.GAPS, gaps(type, unit));
        if (forecast != null) {
            columns.put(SeriesObjective.FORECAST, values(type, forecast));
        }
        return columns;
    }

    private static TType values(Class<? extends TFloating> type, Windows windows) {
        return type.equals(TFloat32.class) ? windows.values32() : windows.values64();
    }

    private TType gaps(Class<? extends TFloating> type, double unit) {
        try (TFloat64 elapsed = next().elapsed(0)) {
            double[] gaps =
                    Arrays.stream(Floats.read(elapsed)).map(gap -> gap / unit).toArray();
            return (TType) Floats.tensor(type, elapsed.shape(), gaps);
        }
    }
}
