package dev.odeon.experiments.training.session;

import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.CompilationName;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A training run on disk, to be looked at but not changed.
 *
 * @param folder of the run
 * @param name of its experiment
 * @param settings it was started with
 */
public record StoredRun(Path folder, String name, Map<String, String> settings) {

    public StoredRun {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * The run in a folder.
     *
     * @param option that named the folder
     * @throws IllegalArgumentException if there is none, or there are several
     */
    public static StoredRun in(Path folder, String option) {
        if (SeriesFile.isIn(folder)) {
            throw new IllegalArgumentException(
                    option + " " + folder + " holds a series of runs: name the folder of one of them");
        }
        if (!ResultFolder.holdsRun(folder)) {
            throw new IllegalArgumentException(option + " " + folder
                    + " holds no run: name the --out folder of a training, such as odeon train ks makes");
        }
        return read(folder);
    }

    /** The same, of a folder that is known to hold a run. */
    static StoredRun read(Path folder) {
        Map<String, String> settings = ResultFolder.existing(folder).settings();
        String name = settings.remove(ResultFolder.EXPERIMENT);
        return new StoredRun(folder, String.valueOf(name), settings);
    }

    /** The text of its settings.json. */
    public String settingsText() {
        try {
            return Files.readString(folder.resolve("settings.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("The settings of the run in " + folder + " cannot be read", e);
        }
    }

    /**
     * Prepares the experiment as the run did, with its data, and uses it.
     *
     * @param experiments of which one made the run
     * @throws IllegalArgumentException if none of them did
     */
    public <R> R prepared(List<Experiment> experiments, Function<ExperimentRun, R> use) {
        Experiment experiment = experiments.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The run in " + folder + " is one of " + name
                        + ", which this version of Odeon does not know: take the version that made it"));
        Map<String, String> lean = new LinkedHashMap<>(settings);
        // Nothing is trained: who would run the iterations need not be found out.
        lean.put(CommonOption.COMPILE.option(), CompilationName.executor.name());
        Settings restored = Settings.resumed(Map.of(), lean);
        try (ExperimentRun run = experiment.prepare(restored, restored.type())) {
            return use.apply(run);
        }
    }
}
