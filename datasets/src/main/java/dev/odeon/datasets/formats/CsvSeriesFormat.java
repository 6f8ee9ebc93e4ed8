package dev.odeon.datasets.formats;

import dev.odeon.datasets.csv.CsvFormat;
import dev.odeon.datasets.series.CsvSeries;
import dev.odeon.datasets.series.Series;
import dev.odeon.datasets.series.SeriesFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A series in one file of columns.
 *
 * @param time name of the column of times
 */
public record CsvSeriesFormat(String time) implements DataFormat<Series> {
    @Override
    public DataKind<Series> kind() {
        return DataKind.SERIES;
    }

    @Override
    public Series read(List<Path> files) {
        return CsvSeries.read(files.get(0), CsvFormat.standard(), time);
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        Series series = read(files);
        return List.of(
                new Fact("rows", series.length()),
                new Fact("channels", series.width()),
                new Fact("values", series.observed()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        SeriesFile.write(List.of(read(files)), Map.of(), folder.resolve("series.arrow"));
    }
}
