package dev.odeon.experiments.training;

import dev.odeon.datasets.Printable;
import dev.odeon.experiments.plots.LossCurve;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.models.training.AtOnce;
import dev.odeon.models.training.events.TensorBoard;
import dev.odeon.models.training.runs.Ending;
import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.RunFolder;
import dev.odeon.models.training.runs.Trainable;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingListener;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of a training command, from its options to its files. */
public final class TrainingSession {

    /** The system property by which the launcher says that someone may be looking: progress bars are worth drawing. */
    public static final String TERMINAL = "odeon.terminal";

    /** The exit code of a training that diverged. */
    public static final int DIVERGED = 3;

    private TrainingSession() {}

    /**
     * Trains.
     *
     * @return the exit code: 0, 3 if the solve, the loss or a gradient diverged, or 128 and the number of the signal that ended
     *     the run early
     */
    public static int run(Experiment experiment, TrainOptions options) {
        return options.resume() ? resume(experiment, options) : start(experiment, options);
    }

    private static int start(Experiment experiment, TrainOptions options) {
        ResultFolder folder = ResultFolder.fresh(options.out());
        Settings settings = fresh(experiment, options.given());
        int epochs = settings.count("epochs");
        // Refused before there is a folder, also where an experiment does not ask for it.
        settings.atOnce();
        RunRules rules = RunRules.of(settings);
        try (ExperimentRun run = experiment.prepare(settings, settings.type())) {
            Trainer trainer = rules.applied(Trainer.of(epochs, run.schedule()));
            // The folder is made only now, when nothing is wrong with the settings.
            return RunLock.holding(folder.path(), () -> {
                // Another training may have come first while this one was preparing.
                ResultFolder.fresh(options.out()).writeSettings(experiment.name(), settings.all());
                return train(experiment, settings, folder, run, trainer);
            });
        }
    }

    private static int resume(Experiment experiment, TrainOptions options) {
        ResultFolder folder = ResultFolder.existing(options.out());
        return RunLock.holding(folder.path(), () -> {
            Settings settings = Settings.resumed(options.given(), stored(experiment, folder));
            int epochs = settings.count("epochs");
            RunRules rules = RunRules.of(settings);
            try (ExperimentRun run = experiment.prepare(settings, settings.type())) {
                folder.writeSettings(experiment.name(), settings.all());
                return train(experiment, settings, folder, run, rules.applied(Trainer.of(epochs, run.schedule())));
            }
        });
    }

    private static Settings fresh(Experiment experiment, Map<String, String> given) {
        return Settings.fresh(given, ExperimentOptions.of(experiment).defaults(given));
    }

    private static Map<String, String> stored(Experiment experiment, ResultFolder folder) {
        Map<String, String> stored = folder.settings();
        String name = stored.remove(ResultFolder.EXPERIMENT);
        if (!experiment.name().equals(name)) {
            throw new IllegalArgumentException("The run in " + folder.path() + " is one of " + name + ", not of "
                    + experiment.name() + ": resume it with that command");
        }
        List<String> unknown = ExperimentOptions.of(experiment).all().stream()
                .filter(option -> !RunRules.mayChange(option.name()) && !stored.containsKey(option.name()))
                .map(ExperimentOption::flag)
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "The run in " + folder.path() + " was started without " + String.join(", ", unknown)
                            + ", by another version of Odeon: go on with that one, or start a new run");
        }
        return stored;
    }

    private static int train(
            Experiment experiment, Settings settings, ResultFolder folder, ExperimentRun run, Trainer trainer) {
        tellOfSingleIterations(settings, run.training());
        RunFolder checkpoints = folder.checkpoints();
        // A run killed in its first epoch has nothing to go on from.
        boolean goesOn = checkpoints.resumable();
        TrainingResult result;
        int exitCode;
        int epochs = settings.count("epochs");
        boolean terminal = Boolean.getBoolean(TERMINAL);
        try (TensorBoard events = RunRules.of(settings).tensorBoard(folder.path());
                Progress progress =
                        new Progress(experiment.name(), epochs, run.training().batches(), terminal);
                StopSignals signals = StopSignals.watch(terminal)) {
            // The file first: whoever sees the epoch on the screen finds it there.
            List<TrainingListener> told = new ArrayList<>(List.of(new MetricsWriter(folder), progress));
            if (events != null) {
                told.add(events);
            }
            Trainer listened = trainer.withFolder(checkpoints)
                    .withListener(TrainingListener.all(told))
                    .withInterruption(signals);
            result = goesOn ? listened.resume(run.training()) : listened.start(run.training());
            exitCode = result.ending() instanceof Ending.Interrupted
                    ? signals.exitCode()
                    : result.outcome() == Outcome.SUCCESS ? 0 : DIVERGED;
        }
        Map<String, Object> summary = summary(experiment, settings, result);
        summary.put("iterationsInARun", run.training().atOnce());
        // Once before the pictures and predictions, which may fail.
        folder.writeSummary(summary);
        if (!result.epochs().isEmpty()) {
            LossCurve.write(folder.path().resolve("loss.png"), experiment.name(), result.epochs());
        }
        if (!result.epochs().isEmpty() && !(result.ending() instanceof Ending.Interrupted)) {
            // What is told and drawn at the end is told of the best epoch; on disk the last one stays as it is.
            checkpoints.restoreBest(run.training());
            summary.putAll(run.finish(result, folder.path()));
            folder.writeSummary(summary);
        }
        RunReport.lines(result, epochs, summary, run.headline(), folder.path()).stream()
                .map(Printable::line)
                .forEach(System.out::println);
        tellHowToGoOn(experiment, folder, result);
        return exitCode;
    }

    /** Where several at once were asked for by their number. */
    private static void tellOfSingleIterations(Settings settings, Trainable training) {
        String option = CommonOption.AT_ONCE.option();
        boolean asked = settings.atOnce() instanceof AtOnce.AtMost wanted && wanted.most() > 1;
        if (asked) {
            training.whySingle()
                    .ifPresent(why -> System.err.println(Printable.line("odeon: --" + option + " "
                            + settings.text(option) + " changes nothing, each iteration is a run of its own: " + why)));
        }
    }

    private static void tellHowToGoOn(Experiment experiment, ResultFolder folder, TrainingResult result) {
        String resumption = Resumption.command(experiment.name(), folder.path());
        if (result.ending() instanceof Ending.Interrupted) {
            System.err.println(
                    Printable.line("odeon: interrupted " + result.ending().where() + "; go on with: " + resumption));
        } else if (result.outcome() != Outcome.SUCCESS) {
            System.err.println(
                    Printable.line("odeon: training stopped " + result.ending().where() + ": "
                            + result.outcome().advice()
                            + " What changes the settings is a new run; the last good parameters are in "
                            + folder.path().resolve("checkpoints")
                            + (result.ending() instanceof Ending.FailedIteration
                                    ? ". To pass over it: " + resumption + " --skip-failed N"
                                    : "")));
        }
    }

    private static Map<String, Object> summary(Experiment experiment, Settings settings, TrainingResult result) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("experiment", experiment.name());
        settings.all().forEach((name, value) -> {
            if (!value.isEmpty()) {
                summary.put(name.equals("epochs") ? "epochsRequested" : name, Settings.typed(name, value));
            }
        });
        summary.put("device", Devices.preferred().shortName());
        summary.put("outcome", result.outcome().name());
        summary.put("ending", result.ending().where());
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
        }
        return summary;
    }
}
