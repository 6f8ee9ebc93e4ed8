package dev.odeon.datasets.formats;

import dev.odeon.datasets.Parts;
import dev.odeon.datasets.series.PlaneVibration;
import dev.odeon.datasets.series.Series;
import dev.odeon.datasets.series.SeriesFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Plane vibration: windows by its rule. */
public record PlaneFormat() implements DataFormat<Parts<PlaneVibration>> {
    @Override
    public DataKind<Parts<PlaneVibration>> kind() {
        return DataKind.VIBRATION;
    }

    @Override
    public Parts<PlaneVibration> read(List<Path> files) {
        return PlaneVibration.read(files.get(0));
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        Series all = PlaneVibration.complete(files.get(0));
        Parts<PlaneVibration> parts = read(files);
        return List.of(
                new Fact("rows", all.length(), 73_728),
                new Fact("channels", all.width(), 5),
                new Fact("training windows", parts.train().inputs().count()),
                new Fact("validation windows", parts.validation().inputs().count()),
                new Fact("test windows", parts.test().inputs().count()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        SeriesFile.write(
                List.of(PlaneVibration.complete(files.get(0))),
                Map.of("rate", "400 per second"),
                folder.resolve("series.arrow"));
    }
}
