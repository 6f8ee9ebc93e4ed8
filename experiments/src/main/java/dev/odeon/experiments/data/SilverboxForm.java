package dev.odeon.experiments.data;

import dev.odeon.datasets.series.Series;
import dev.odeon.datasets.series.SeriesFile;
import dev.odeon.datasets.series.Silverbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Silverbox: the steps that train and those to forecast, by its rule, which has no part for validation. */
record SilverboxForm() implements DataForm {
    @Override
    public List<Fact> facts(List<Path> files) {
        Series all = Silverbox.complete(files.get(0));
        Silverbox parts = Silverbox.read(files.get(0));
        return List.of(
                new Fact("rows", all.length(), 131_072),
                new Fact("channels", all.width(), 2),
                new Fact("training steps", parts.train().length()),
                new Fact("forecast steps", parts.forecast().length()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        Silverbox parts = Silverbox.read(files.get(0));
        write(Silverbox.complete(files.get(0)), "volts", folder.resolve("series.arrow"));
        write(parts.train(), "volts times 100, centred", folder.resolve("train.arrow"));
        write(parts.forecast(), "volts times 100, centred", folder.resolve("forecast.arrow"));
    }

    private static void write(Series series, String unit, Path file) {
        SeriesFile.write(List.of(series), Map.of("unit", unit), file);
    }
}
