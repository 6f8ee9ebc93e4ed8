package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.csv.CsvFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A series that is published as one file of comma-separated values, without gaps.
 *
 * <p>Shorter tables of the same channels are read too, but not the published one, known by its first row, when it was cut
 * short: its splits would be others.
 *
 * @param channels those wanted
 * @param rows how many are published
 * @param first the published first row
 * @param remedy what to do about a table of something else
 */
record PublishedTable(List<String> channels, int rows, double[] first, String remedy) {
    /**
     * Reads the wanted channels.
     *
     * @param path the file
     * @param fewest rows that the rule of the data set needs
     * @return all rows
     * @throws DataException if the file is missing, damaged, too short or of other columns
     */
    Series read(Path path, int fewest) {
        Series all = CsvSeries.read(path, CsvFormat.standard());
        if (!all.channels().containsAll(channels) || all.length() < fewest) {
            throw DataException.of(
                    path, all.length() + " rows of " + all.channels(), rows + " rows of " + channels, remedy);
        }
        Series wanted = all.only(channels);
        boolean published = Arrays.equals(Arrays.copyOf(wanted.values(), wanted.width()), first);
        if (published && wanted.length() != rows) {
            throw DataException.of(path, wanted.length() + " rows", rows + ", as published", "download it again");
        }
        if (wanted.observed() != wanted.values().length) {
            throw DataException.of(path, "rows with gaps", "a number everywhere", "download it again");
        }
        return wanted;
    }
}
