package dev.odeon.experiments.training;

import dev.odeon.experiments.plots.LossCurve;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.models.training.EpochRecord;
import dev.odeon.models.training.RunFolder;
import dev.odeon.models.training.Trainer;
import dev.odeon.models.training.TrainingResult;
import dev.odeon.solvers.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of a training command, from its options to its files. */
public final class TrainingSession {

    /** The system property by which the launcher says that someone may be looking: progress bars are worth drawing. */
    public static final String TERMINAL = "odeon.terminal";

    private TrainingSession() {}

    /**
     * Trains.
     *
     * @return the exit code: 0, or 1 if the solve or the loss diverged
     */
    public static int run(Experiment experiment, TrainOptions options) {
        ResultFolder folder =
                options.resume() ? ResultFolder.existing(options.out()) : ResultFolder.fresh(options.out());
        Settings settings = options.resume()
                ? Settings.resumed(options.given(), stored(experiment, folder))
                : fresh(experiment, options.given());
        int epochs = settings.count("epochs");
        try (ExperimentRun run = experiment.prepare(settings, settings.type())) {
            Trainer trainer = Trainer.of(epochs, run.schedule()).withFolder(folder.checkpoints());
            if (!options.resume()) {
                folder.writeSettings(experiment.name(), settings.all());
            }
            return train(experiment, settings, folder, run, trainer);
        }
    }

    private static Settings fresh(Experiment experiment, Map<String, String> given) {
        Map<String, String> preset = new LinkedHashMap<>();
        preset.put("preset", given.getOrDefault("preset", "best"));
        Map<String, String> defaults = new LinkedHashMap<>(preset);
        defaults.putAll(experiment.defaults(Settings.fresh(Map.of(), preset).preset(), given));
        defaults.put("compile", "auto");
        defaults.put("gradient", "adjoint");
        defaults.put("seed", "0");
        return Settings.fresh(given, defaults);
    }

    private static Map<String, String> stored(Experiment experiment, ResultFolder folder) {
        Map<String, String> stored = folder.settings();
        String name = stored.remove(ResultFolder.EXPERIMENT);
        if (!experiment.name().equals(name)) {
            throw new IllegalArgumentException("The run in " + folder.path() + " is one of " + name + ", not of "
                    + experiment.name() + ": resume it with that command");
        }
        return stored;
    }

    private static int train(
            Experiment experiment, Settings settings, ResultFolder folder, ExperimentRun run, Trainer trainer) {
        RunFolder checkpoints = folder.checkpoints();
        // A run killed in its first epoch has nothing to go on from.
        boolean goesOn = checkpoints.resumable();
        TrainingResult result;
        try (Progress progress = new Progress(
                experiment.name(), settings.count("epochs"), run.batches(), Boolean.getBoolean(TERMINAL))) {
            Trainer told = trainer.withListener(progress);
            result = goesOn ? told.resume(run) : told.start(run);
        }
        folder.writeMetrics(result.epochs());
        if (result.outcome() != Outcome.SUCCESS) {
            System.err.println("odeon: training stopped in epoch "
                    + (result.epochs().size() + 1) + ": " + result.outcome().advice());
        }
        folder.writeSummary(summary(experiment, settings, folder, run, result));
        return result.outcome() == Outcome.SUCCESS ? 0 : 1;
    }

    private static Map<String, Object> summary(
            Experiment experiment, Settings settings, ResultFolder folder, ExperimentRun run, TrainingResult result) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("experiment", experiment.name());
        settings.all().forEach((name, value) -> {
            if (!value.isEmpty()) {
                summary.put(name.equals("epochs") ? "epochsRequested" : name, Settings.typed(name, value));
            }
        });
        summary.put("device", Devices.preferred().shortName());
        summary.put("outcome", result.outcome().name());
        List<EpochRecord> epochs = result.epochs();
        summary.put("epochs", epochs.size());
        if (!epochs.isEmpty()) {
            EpochRecord last = result.last();
            summary.put("trainLoss", last.trainLoss());
            summary.put("validLoss", last.validLoss());
            summary.put("bestEpoch", result.best().epoch());
            summary.put("bestValidLoss", result.best().validLoss());
            summary.put("nfeForwardPerEpoch", last.nfeForward());
            summary.put("nfeBackwardPerEpoch", last.nfeBackward());
            summary.put("nfeEvaluationPerEpoch", last.nfeEvaluation());
            summary.put(
                    "secondsPerEpoch",
                    epochs.stream().mapToDouble(EpochRecord::seconds).average().orElse(Double.NaN));
            // What is told and drawn at the end is told of the best epoch; on disk the last one stays as it is.
            folder.checkpoints().restoreBest(run);
            summary.putAll(run.finish(result, folder.path()));
            LossCurve.write(folder.path().resolve("loss.png"), experiment.name(), epochs);
        }
        return summary;
    }
}
