package dev.odeon.experiments.training.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.datasets.DataException;
import dev.odeon.experiments.results.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of several summaries side by side, without those that are settings.
 *
 * @param figures by name, each by seed; a run may lack one
 */
record SeedTable(Map<String, Map<Long, Double>> figures) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the summaries.
     *
     * @param folders of the runs, by seed
     * @param settings names of entries that say what was asked for
     */
    static SeedTable read(Map<Long, Path> folders, Set<String> settings) {
        Map<String, Map<Long, Double>> figures = new LinkedHashMap<>();
        folders.forEach((seed, folder) -> summary(folder).properties().forEach(entry -> {
            if (entry.getValue().isNumber() && !settings.contains(entry.getKey())) {
                figures.computeIfAbsent(entry.getKey(), name -> new TreeMap<>())
                        .put(seed, entry.getValue().asDouble());
            }
        }));
        return new SeedTable(figures);
    }

    private static JsonNode summary(Path folder) {
        Path file = folder.resolve("summary.json");
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw DataException.of(
                    file, "cannot be read", "the summary of a run", "remove its folder and resume the series", e);
        }
    }

    /** Each figure's mean and deviation. */
    Map<String, Spread> spreads() {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        figures.forEach((name, bySeed) -> spreads.put(name, Spread.of(List.copyOf(bySeed.values()))));
        return spreads;
    }

    /** Writes seeds.csv: a row for each figure, with a column for each seed; a figure that a run lacks is empty. */
    void write(ResultFiles files, Set<Long> seeds) {
        List<String> columns = new ArrayList<>(List.of("figure", "mean", "deviation", "count"));
        seeds.forEach(seed -> columns.add("seed" + seed));
        List<List<?>> rows = new ArrayList<>();
        spreads().forEach((name, spread) -> {
            List<Object> row = new ArrayList<>(List.of(name, spread.mean(), spread.deviation(), spread.count()));
            seeds.forEach(seed -> {
                @Nullable Double number = figures.getOrDefault(name, Map.of()).get(seed);
                row.add(number == null ? "" : number);
            });
            rows.add(row);
        });
        files.table("seeds", columns, rows);
    }
}
