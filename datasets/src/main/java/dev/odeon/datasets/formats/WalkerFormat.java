package dev.odeon.datasets.formats;

import dev.odeon.datasets.Parts;
import dev.odeon.datasets.series.SeriesFile;
import dev.odeon.datasets.series.Walker2d;
import dev.odeon.datasets.series.Windows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Walker2D: windows by its rule. */
public record WalkerFormat() implements DataFormat<Parts<Walker2d>> {
    @Override
    public DataKind<Parts<Walker2d>> kind() {
        return DataKind.WALKS;
    }

    @Override
    public Parts<Walker2d> read(List<Path> files) {
        Path first = files.get(0);
        boolean oneOfMany = first.toString().endsWith(".npy");
        return Walker2d.read(
                oneOfMany && !Files.isDirectory(first) ? first.toAbsolutePath().resolveSibling("") : first);
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        Parts<Walker2d> parts = read(files);
        return List.of(
                new Fact("training windows", parts.train().inputs().count(), 9684),
                new Fact("validation windows", parts.validation().inputs().count(), 1272),
                new Fact("test windows", parts.test().inputs().count(), 1937),
                new Fact("channels", parts.train().inputs().width()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        Parts<Walker2d> parts = read(files);
        write(parts.train(), folder, "train");
        write(parts.validation(), folder, "validation");
        write(parts.test(), folder, "test");
    }

    private static void write(Walker2d part, Path folder, String name) {
        write(part.inputs(), folder.resolve(name + "-inputs.arrow"));
        write(part.targets(), folder.resolve(name + "-targets.arrow"));
    }

    private static void write(Windows windows, Path file) {
        SeriesFile.write(
                windows.series(), Map.of("rule", "a tenth of the steps dropped, windows of 64 every 16"), file);
    }
}
