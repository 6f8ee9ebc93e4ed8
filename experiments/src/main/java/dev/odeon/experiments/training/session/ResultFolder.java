package dev.odeon.experiments.training.session;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of a training run: settings.json, metrics.csv, summary.json, pictures and checkpoints. */
final class ResultFolder {

    /** The entry of settings.json that names the experiment. */
    static final String EXPERIMENT = "experiment";

    private static final String SETTINGS = "settings.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private ResultFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A folder for a new run.
     *
     * @param experiment of the new run
     * @throws IllegalArgumentException if it holds anything
     */
    static ResultFolder fresh(Path folder, String experiment) {
        if (holdsRun(folder)) {
            String former = new ResultFolder(folder).settings().get(EXPERIMENT);
            if (!experiment.equals(former)) {
                throw new IllegalArgumentException("--out " + folder + " holds a run of " + former + " already, not of "
                        + experiment + ": name another folder; nothing is overwritten");
            }
            throw new IllegalArgumentException(
                    "--out " + folder
                            + " holds a run already: give --resume to go on with it, or name another folder; nothing is overwritten");
        }
        if (SeriesFile.isIn(folder)) {
            throw new IllegalArgumentException("--out " + folder
                    + " holds a series of runs already: give --resume to go on with it, or name another folder; nothing is"
                    + " overwritten");
        }
        // A training that died before it began leaves its lock only.
        ResultFiles.requireFresh(folder, "name another folder", RunLock.NAME);
        return new ResultFolder(folder);
    }

    /**
     * The folder of a run that goes on.
     *
     * @throws IllegalArgumentException if it holds no run
     */
    static ResultFolder existing(Path folder) {
        if (!holdsRun(folder)) {
            throw new IllegalArgumentException(
                    "--resume finds no run in " + folder + ": name the --out folder of a run, or leave --resume out");
        }
        return new ResultFolder(folder);
    }

    /** Whether a run was begun in a folder. */
    static boolean holdsRun(Path folder) {
        return Files.isRegularFile(folder.resolve(SETTINGS));
    }

    Path path() {
        return folder;
    }

    RunFolder checkpoints() {
        return new RunFolder(folder);
    }

    Map<String, String> settings() {
        Path file = folder.resolve(SETTINGS);
        try {
            Map<String, String> settings =
                    JSON.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, String>>() {});
            if (settings == null || !settings.containsKey(EXPERIMENT) || settings.containsValue(null)) {
                throw new IOException("no settings");
            }
            return settings;
        } catch (IOException e) {
            throw DataException.of(file, "is damaged", "the settings of a run", "start a new run in another folder", e);
        }
    }

    void writeSettings(String experiment, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(EXPERIMENT, experiment);
        all.putAll(settings);
        write(SETTINGS, all);
    }

    /** Writes the summary; what is no finite number becomes null. */
    void writeSummary(Map<String, Object> summary) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        summary.forEach((name, value) ->
                plain.put(name, value instanceof Double number && !Double.isFinite(number) ? null : value));
        write("summary.json", plain);
    }

    void writeMetrics(List<EpochRecord> epochs) {
        List<String> lines = new ArrayList<>();
        List<String> names = epochs.isEmpty()
                ? List.of()
                : List.copyOf(epochs.get(0).metrics().keySet());
        StringBuilder header =
                new StringBuilder("epoch,learningRate,trainLoss,validLoss,nfeForward,nfeBackward,nfeEvaluation,"
                        + "nfeForwardPerIteration,nfeBackwardPerIteration,seconds,skipped");
        names.forEach(name -> header.append(',').append(name));
        lines.add(header.toString());
        for (EpochRecord epoch : epochs) {
            StringBuilder line = new StringBuilder();
            line.append(epoch.epoch()).append(',').append(epoch.learningRate());
            line.append(',').append(epoch.trainLoss()).append(',').append(epoch.validLoss());
            line.append(',').append(epoch.nfeForward()).append(',').append(epoch.nfeBackward());
            line.append(',').append(epoch.nfeEvaluation());
            line.append(',').append(epoch.nfeForwardPerIteration());
            line.append(',').append(epoch.nfeBackwardPerIteration()).append(',').append(epoch.seconds());
            line.append(',').append(epoch.skipped());
            names.forEach(name -> line.append(',').append(epoch.metrics().get(name)));
            lines.add(line.toString());
        }
        AtomicFile.write(folder.resolve("metrics.csv"), file -> Files.write(file, lines));
    }

    private void write(String name, Object value) {
        AtomicFile.write(
                folder.resolve(name),
                file -> JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), value));
    }
}
