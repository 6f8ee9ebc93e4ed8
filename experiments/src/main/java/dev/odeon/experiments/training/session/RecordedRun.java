package dev.odeon.experiments.training.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the folder of a run says of it, read back.
 *
 * @param folder of the run
 * @param experiment its name
 * @param settings its options by name
 * @param columns of metrics.csv by name, a number for each epoch; none before the first epoch has ended
 * @param figures the numbers of summary.json by name; none before the run has ended
 * @param state how it ended, if it has
 */
public record RecordedRun(
        Path folder,
        String experiment,
        Map<String, String> settings,
        Map<String, List<Double>> columns,
        Map<String, Double> figures,
        State state) {

    /** The column that counts the epochs. */
    public static final String EPOCH = "epoch";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a run ended. */
    public enum State {
        /** After its last epoch, or by its stop rule. */
        FINISHED,
        /** Before: it may go on, or is at work. */
        INTERRUPTED,
        /** Its solve, its loss or a gradient failed. */
        FAILED;

        /** The word that is printed. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public RecordedRun {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** Whether a folder holds a run. */
    public static boolean isIn(Path folder) {
        return ResultFolder.holdsRun(folder);
    }

    /**
     * Reads a folder.
     *
     * @throws IllegalArgumentException if it holds no run
     * @throws DataException if a file of it is damaged
     */
    public static RecordedRun read(Path folder) {
        if (!isIn(folder)) {
            throw new IllegalArgumentException(
                    folder + " holds no run: name the --out folder of an odeon train, or see odeon runs");
        }
        StoredRun run = StoredRun.read(folder);
        Path summary = folder.resolve("summary.json");
        if (!Files.exists(summary)) {
            return new RecordedRun(folder, run.name(), run.settings(), columns(folder), Map.of(), State.INTERRUPTED);
        }
        JsonNode told = summary(summary);
        Map<String, Double> figures = new LinkedHashMap<>();
        told.properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                figures.put(entry.getKey(), entry.getValue().asDouble());
            }
        });
        return new RecordedRun(folder, run.name(), run.settings(), columns(folder), figures, state(told));
    }

    /** The runs of a series that have ended and did not diverge, by seed; of a single run that one. */
    public static List<RecordedRun> readAll(Path folder) {
        if (!SeriesFile.isIn(folder)) {
            return List.of(read(folder));
        }
        List<RecordedRun> runs = new ArrayList<>();
        SeriesFile.read(folder).ended().forEach((seed, code) -> {
            if (code != TrainingSession.DIVERGED) {
                runs.add(read(folder.resolve("seed-" + seed)));
            }
        });
        return runs;
    }

    private static State state(JsonNode summary) {
        if (!summary.path("outcome").asText().equals("SUCCESS")) {
            return State.FAILED;
        }
        // An end by the plan or by its stop rule is told as one after an epoch.
        return summary.path("ending").asText().startsWith("after") ? State.FINISHED : State.INTERRUPTED;
    }

    private static JsonNode summary(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw damaged(file, "the summary of a run", e);
        }
    }

    private static Map<String, List<Double>> columns(Path folder) {
        Path file = folder.resolve("metrics.csv");
        Map<String, List<Double>> columns = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return columns;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            List<String> names =
                    lines.isEmpty() ? List.of() : Arrays.asList(lines.get(0).split(",", -1));
            names.forEach(name -> columns.put(name, new ArrayList<>()));
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] cells = line.split(",", -1);
                for (int i = 0; i < names.size(); i++) {
                    columns.getOrDefault(names.get(i), new ArrayList<>()).add(Double.parseDouble(cells[i]));
                }
            }
            return columns;
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw damaged(file, "the epochs of a run", e);
        }
    }

    private static DataException damaged(Path file, String what, Exception e) {
        return DataException.of(file, "is damaged", what, "leave its folder out, or run it again", e);
    }

    /** A column, empty if there is none. */
    public List<Double> column(String name) {
        return columns.getOrDefault(name, List.of());
    }

    /** Epochs that are done. */
    public int epochs() {
        return column(EPOCH).size();
    }

    /** An option, or a hyphen where the experiment has none of the name. */
    public String setting(String name) {
        return settings.getOrDefault(name, "-");
    }

    /** The least loss of the validation that is a number; not a number if there is none. */
    public double bestValidLoss() {
        return column("validLoss").stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.NaN);
    }

    /** Seconds of all epochs. */
    public double seconds() {
        return column("seconds").stream().mapToDouble(Double::doubleValue).sum();
    }
}
