package dev.odeon.datasets.formats;

import dev.odeon.datasets.series.Patient;
import dev.odeon.datasets.series.PhysioNet2012;
import dev.odeon.datasets.series.Series;
import dev.odeon.datasets.series.SeriesFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PhysioNet 2012: one series per patient. */
public record PatientsFormat() implements DataFormat<PhysioNet2012> {
    @Override
    public DataKind<PhysioNet2012> kind() {
        return DataKind.PATIENTS;
    }

    @Override
    public PhysioNet2012 read(List<Path> files) {
        return PhysioNet2012.read(files.get(0), files.get(1));
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        PhysioNet2012 data = read(files);
        List<Series> series = data.patients().stream().map(Patient::series).toList();
        return List.of(
                new Fact("patients", data.patients().size(), 4000),
                new Fact("deaths", data.deaths(), 554),
                new Fact("channels", series.get(0).width()),
                new Fact("times", series.stream().mapToLong(Series::length).sum()),
                new Fact("values", series.stream().mapToLong(Series::observed).sum()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        List<Patient> patients = read(files).patients();
        String outcomes =
                patients.stream().map(patient -> patient.outcome().end().name()).collect(Collectors.joining(","));
        SeriesFile.write(
                patients.stream().map(Patient::series).toList(),
                Map.of("outcomes", outcomes),
                folder.resolve("patients.arrow"));
    }
}
