package dev.odeon.experiments.series;

import dev.odeon.datasets.series.Series;
import dev.odeon.datasets.series.WindowRule;
import dev.odeon.datasets.series.Windows;
import dev.odeon.graph.Floats;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param next what is to be predicted, one time later
 * @param past what was observed before; null if the model starts without it
 * @param forecast behind the last of the next observations; null if nothing is forecast
 */
record SeriesPart(
        Windows observed,
        Windows next,
        @Nullable Windows past,
        @Nullable Windows forecast) {

    /** Windows whose next observation is predicted. */
    static SeriesPart following(Windows observed, @Nullable Windows forecast) {
        return new SeriesPart(observed, moved(observed, 1), null, forecast);
    }

    /**
     * Windows of a series of an input and an output, in which the outputs are predicted from the inputs and from outputs before.
     *
     * @param both the input's channel, then the output's, at times one apart
     * @param past outputs that each window begins with
     * @param length predictions of a window
     * @param stride from the beginning of a window to that of the next
     */
    static SeriesPart driven(Series both, int past, int length, int stride) {
        List<String> channels = both.channels();
        Series output = both.only(List.of(channels.get(1)));
        Windows first = Windows.of(List.of(output), new WindowRule(past, stride, length));
        Windows inputs = moved(
                Windows.of(
                        List.of(pairs(both.only(List.of(channels.get(0))))), new WindowRule(length, stride, past - 1)),
                past - 1);
        Windows next = moved(Windows.of(List.of(output), new WindowRule(length, stride, past)), past);
        return new SeriesPart(inputs, next, first, null);
    }

    /** The values of each time and of the next one. */
    private static Series pairs(Series input) {
        int length = input.length() - 1;
        double[] pairs = new double[2 * length];
        for (int i = 0; i < length; i++) {
            pairs[2 * i] = input.value(i, 0);
            pairs[2 * i + 1] = input.value(i + 1, 0);
        }
        String name = input.channels().get(0);
        return new Series(input.name(), List.of(name, name + " next"), Arrays.copyOf(input.times(), length), pairs);
    }

    private static Windows moved(Windows windows, int by) {
        return new Windows(
                windows.series(),
                windows.owner(),
                Arrays.stream(windows.start()).map(start -> start + by).toArray(),
                windows.length());
    }

    /** At most so many windows, the first ones. */
    SeriesPart first(int most) {
        int[] which = IntStream.range(0, Math.min(most, observed.count())).toArray();
        return new SeriesPart(
                observed.select(which),
                next.select(which),
                past == null ? null : past.select(which),
                forecast == null ? null : forecast.select(which));
    }

    /**
     * The columns of an objective; the caller closes them.
     *
     * @param unit of time for the model, in that of the data
     */
    Map<String, TType> columns(Class<? extends TFloating> type, double unit) {
        Map<String, TType> columns = new LinkedHashMap<>();
        columns.put(SeriesObjective.OBSERVED, values(type, observed));
        columns.put(SeriesObjective.NEXT, values(type, next));
        columns.put(SeriesObjective.GAPS, gaps(type, unit));
        if (past != null) {
            columns.put(SeriesObjective.PAST, values(type, past));
        }
        if (forecast != null) {
            columns.put(SeriesObjective.FORECAST, values(type, forecast));
        }
        return columns;
    }

    private static TType values(Class<? extends TFloating> type, Windows windows) {
        return type.equals(TFloat32.class) ? windows.values32() : windows.values64();
    }

    private TType gaps(Class<? extends TFloating> type, double unit) {
        try (TFloat64 elapsed = next.elapsed(0)) {
            double[] gaps =
                    Arrays.stream(Floats.read(elapsed)).map(gap -> gap / unit).toArray();
            return (TType) Floats.tensor(type, elapsed.shape(), gaps);
        }
    }
}
