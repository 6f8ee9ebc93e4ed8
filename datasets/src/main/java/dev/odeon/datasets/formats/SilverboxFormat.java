package dev.odeon.datasets.formats;

import dev.odeon.datasets.series.Series;
import dev.odeon.datasets.series.SeriesFile;
import dev.odeon.datasets.series.Silverbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Silverbox: the steps that train and those to forecast, by its rule, which has no part for validation. */
public record SilverboxFormat() implements DataFormat<Silverbox> {
    @Override
    public DataKind<Silverbox> kind() {
        return DataKind.FORECAST;
    }

    @Override
    public Silverbox read(List<Path> files) {
        return Silverbox.read(files.get(0));
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        Series all = Silverbox.complete(files.get(0));
        Silverbox parts = read(files);
        return List.of(
                new Fact("rows", all.length(), 131_072),
                new Fact("channels", all.width(), 2),
                new Fact("training steps", parts.train().length()),
                new Fact("forecast steps", parts.forecast().length()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        Silverbox parts = read(files);
        write(Silverbox.complete(files.get(0)), "volts", folder.resolve("series.arrow"));
        write(parts.train(), "volts times 100, centred", folder.resolve("train.arrow"));
        write(parts.forecast(), "volts times 100, centred", folder.resolve("forecast.arrow"));
    }

    private static void write(Series series, String unit, Path file) {
        SeriesFile.write(List.of(series), Map.of("unit", unit), file);
    }
}
