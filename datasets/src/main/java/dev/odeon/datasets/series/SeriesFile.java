package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Series as Arrow IPC files.
 *
 * <p>One row per time, series by series: {@code series} int32 (ascending from 0), {@code t} float64, {@code x} fixed-size
 * list of float64, null where nothing was observed. The metadata holds the names of the channels, separated by line
 * breaks, and of the series.
 */
public final class SeriesFile {
    private SeriesFile() {}

    /**
     * Writes series.
     *
     * @param series the series, one at least, all of the same channels; no name may have a line break
     * @param metadata what the reader should know
     * @param path the file
     * @throws DataException if it cannot be written
     */
    public static void write(List<Series> series, Map<String, String> metadata, Path path) {
        new PaddedSeries(series); // refuses what does not go together
        int width = series.get(0).width();
        int rows = Math.toIntExact(series.stream().mapToLong(Series::length).sum());
        int[] number = new int[rows];
        double[] times = new double[rows];
        double[] values = new double[Math.multiplyExact(rows, width)];
        int next = 0;
        for (int i = 0; i < series.size(); i++) {
            Series each = series.get(i);
            Arrays.fill(number, next, next + each.length(), i);
            System.arraycopy(each.times(), 0, times, next, each.length());
            System.arraycopy(each.values(), 0, values, next * width, each.values().length);
            next += each.length();
        }
        boolean[] present = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            present[i] = !Double.isNaN(values[i]);
        }
        Map<String, String> all = new TreeMap<>(metadata);
        all.put("channels", lines(series.get(0).channels()));
        all.put("names", lines(series.stream().map(Series::name).toList()));
        all.put("version", DatasetsVersion.current());
        ArrowTableWriter.to(path)
                .metadata(all)
                .int32("series", number)
                .float64("t", times)
                .float64("x", values, width, present)
                .write();
    }

    /**
     * Reads series.
     *
     * @param path the file
     * @return the series as they were written
     * @throws DataException if the file is damaged or something else
     */
    public static List<Series> read(Path path) {
        ArrowTable table = ArrowTable.open(path);
        int[] number = table.column("series").ints();
        double[] times = table.column("t").doubles();
        boolean[] present = table.column("x").present();
        double[] values = table.column("x").doublesOrNaN();
        List<String> channels = texts(table, "channels");
        List<String> names = texts(table, "names");
        if (present.length != (long) channels.size() * number.length) {
            throw DataException.of(
                    path, table.column("x").width() + " channels", channels.size() + " by name", "write it again");
        }
        List<Series> series = new ArrayList<>();
        int width = channels.size();
        int from = 0;
        for (int to = 1; to <= number.length; to++) {
            if (to < number.length && number[to] == number[from]) {
                continue;
            }
            if (number[from] != series.size() || series.size() >= names.size()) {
                throw DataException.of(path, "series " + number[from], "numbers that ascend from 0", "write it again");
            }
            try {
                series.add(new Series(
                        names.get(series.size()),
                        channels,
                        Arrays.copyOfRange(times, from, to),
                        Arrays.copyOfRange(values, from * width, to * width)));
            } catch (IllegalArgumentException e) {
                throw DataException.of(path, String.valueOf(e.getMessage()), "series", "write it again", e);
            }
            from = to;
        }
        if (series.size() != names.size()) {
            throw DataException.of(path, series.size() + " series", names.size() + " by name", "write it again");
        }
        return series;
    }

    private static String lines(List<String> names) {
        for (String name : names) {
            if (name.contains("\n")) {
                throw new IllegalArgumentException("name = " + name.replace("\n", "\\n") + ": leave out line breaks");
            }
        }
        return String.join("\n", names);
    }

    private static List<String> texts(ArrowTable table, String key) {
        String joined = table.metadata().get(key);
        if (joined == null) {
            throw DataException.of(
                    table.path(), "no '" + key + "' in its metadata", "a file of series", "write it again");
        }
        return List.of(joined.split("\n", -1));
    }
}
