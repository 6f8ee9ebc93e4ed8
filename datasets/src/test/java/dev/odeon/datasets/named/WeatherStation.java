package dev.odeon.datasets.named;

import dev.odeon.datasets.cache.KnownDataset;
import dev.odeon.datasets.cache.KnownFile;
import dev.odeon.datasets.formats.CsvSeriesFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The example in CONTRIBUTING of a data set of a known format: one entry, which could stand in the catalogue as it stands
 * here.
 */
final class WeatherStation {

    static final String ROWS = "hour,temperature,wind\n0,11.5,3\n1,11.25,4\n3,12,2.5\n";

    static final KnownDataset ENTRY = new KnownDataset(
            "weather-station",
            "Weather station: temperature and wind, three hours",
            "public domain",
            new CsvSeriesFormat("hour"),
            List.of(KnownFile.mirrored(
                    50,
                    "fc87415967a9f9eaa7d0ae79cf6487451f84aea36bc4a9f1d697d32055ba2e32",
                    "timeseries/weather_station.csv")));

    private WeatherStation() {}

    /** Writes the file below a data folder. */
    static void write(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(ENTRY.location());
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, ROWS);
    }
}
