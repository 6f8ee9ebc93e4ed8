package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.csv.CsvFormat;
import dev.odeon.datasets.csv.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a series of the columns of a text file. */
public final class CsvSeries {
    private CsvSeries() {}

    /**
     * Reads all columns, at the times 0, 1, 2, ...
     *
     * @param path the file, plain or compressed
     * @param format how it is written
     * @return one channel per column
     * @throws DataException if the file is missing or damaged
     */
    public static Series read(Path path, CsvFormat format) {
        CsvTable table = CsvTable.read(path, format);
        double[] times = new double[table.rows()];
        Arrays.setAll(times, i -> i);
        return series(table, times, List.copyOf(table.names()));
    }

    /**
     * Reads all columns, one of which holds the times.
     *
     * @param path the file, plain or compressed
     * @param format how it is written
     * @param time name of the column of times: numbers, or dates, which become seconds since 1970
     * @return one channel per other column
     * @throws DataException if the file is missing or damaged, or the times do not increase
     */
    public static Series read(Path path, CsvFormat format, String time) {
        CsvTable table = CsvTable.read(path, format);
        double[] times = table.column(time);
        for (int i = 0; i < times.length; i++) {
            if (!Double.isFinite(times[i]) || (i > 0 && !(times[i] > times[i - 1]))) {
                throw DataException.of(
                        path,
                        "time " + times[i] + " in row " + i + " of column '" + time + "'",
                        "increasing times",
                        "sort the rows and drop doubled ones");
            }
        }
        List<String> channels = new ArrayList<>(table.names());
        channels.remove(time);
        if (channels.isEmpty()) {
            throw DataException.of(path, "no column beside '" + time + "'", "one channel at least", "add one");
        }
        return series(table, times, channels);
    }

    private static Series series(CsvTable table, double[] times, List<String> channels) {
        double[] values = new double[Math.multiplyExact(times.length, channels.size())];
        for (int c = 0; c < channels.size(); c++) {
            double[] column = table.column(channels.get(c));
            for (int i = 0; i < times.length; i++) {
                values[i * channels.size() + c] = column[i];
            }
        }
        return new Series(String.valueOf(table.path().getFileName()), channels, times, values);
    }
}
