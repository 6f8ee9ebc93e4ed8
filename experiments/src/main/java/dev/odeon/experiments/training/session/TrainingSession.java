package dev.odeon.experiments.training.session;

import dev.odeon.datasets.Printable;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentOptions;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Findings;
import dev.odeon.experiments.training.RunRules;
import dev.odeon.experiments.training.Settings;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.serving.RunModel;
import dev.odeon.models.training.AtOnce;
import dev.odeon.models.training.events.TensorBoard;
import dev.odeon.models.training.runs.Ending;
import dev.odeon.models.training.runs.RunFolder;
import dev.odeon.models.training.runs.Trainable;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingListener;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.plots.EpochCurves;
import dev.odeon.solvers.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a training command, from its options to its files. */
public final class TrainingSession {

    /** The system property by which the launcher says that someone may be looking: progress bars are worth drawing. */
    public static final String TERMINAL = "odeon.terminal";

    /** The exit code of a training that diverged. */
    public static final int DIVERGED = 3;

    /** The exit code of a training that succeeded, but whose prediction did not reach its end. */
    public static final int UNSTABLE = 4;

    private TrainingSession() {}

    /**
     * Trains.
     *
     * @param resumption what goes on with it where it ends early
     * @return the exit code: 0, 3 if the solve, the loss or a gradient diverged, 4 if only the prediction with the trained
     *     parameters failed, or 128 and the number of the signal that ended the run early
     */
    static int run(Experiment experiment, TrainOptions options, Resumption resumption) {
        return options.resume() ? resume(experiment, options, resumption) : start(experiment, options, resumption);
    }

    /**
     * The settings of a new run, as far as they can be judged without data.
     *
     * @throws IllegalArgumentException if one is of no use
     */
    static Settings checked(Experiment experiment, Map<String, String> given) {
        Settings settings =
                Settings.fresh(given, ExperimentOptions.of(experiment).defaults(given));
        settings.count("epochs");
        settings.requireShared();
        RunRules.of(settings);
        return settings;
    }

    private static int start(Experiment experiment, TrainOptions options, Resumption resumption) {
        long begin = System.nanoTime();
        // Refused before the folder, which may be in use and would hide it, and before anything is simulated.
        Settings settings = checked(experiment, options.given());
        int epochs = settings.count("epochs");
        RunRules rules = RunRules.of(settings);
        ResultFolder folder = ResultFolder.fresh(options.out(), experiment.name());
        try (ExperimentRun run = experiment.prepare(settings, settings.type())) {
            Trainer trainer = rules.applied(Trainer.of(epochs, run.schedule()));
            // The folder is made only now, when nothing is wrong with the settings.
            return RunLock.holding(folder.path(), () -> {
                // Another training may have come first while this one was preparing.
                ResultFolder.fresh(options.out(), experiment.name()).writeSettings(experiment.name(), settings.all());
                return train(experiment, settings, folder, run, trainer, begin, resumption);
            });
        }
    }

    private static int resume(Experiment experiment, TrainOptions options, Resumption resumption) {
        long begin = System.nanoTime();
        ResultFolder folder = ResultFolder.existing(options.out());
        return RunLock.holding(folder.path(), () -> {
            Map<String, String> stored = stored(experiment, folder);
            Settings settings = Settings.resumed(options.given(), stored);
            int epochs = settings.count("epochs");
            RunRules rules = RunRules.of(settings);
            try (ExperimentRun run = experiment.prepare(settings, settings.type())) {
                requireExtendable(experiment, folder, settings, stored, run.schedule());
                folder.writeSettings(experiment.name(), settings.all());
                return train(
                        experiment,
                        settings,
                        folder,
                        run,
                        rules.applied(Trainer.of(epochs, run.schedule())),
                        begin,
                        resumption);
            }
        });
    }

    /** More epochs than the run was started with change those that are done where the rate falls towards the end of the run. */
    private static void requireExtendable(
            Experiment experiment,
            ResultFolder folder,
            Settings settings,
            Map<String, String> stored,
            Schedule schedule) {
        String epochs = CommonOption.EPOCHS.option();
        if (settings.text(epochs).equals(stored.get(epochs)) || schedule.extendable()) {
            return;
        }
        throw new IllegalArgumentException("--epochs is " + settings.text(epochs) + ", but the run in " + folder.path()
                + " was started with " + stored.get(epochs)
                + ", over which its learning rate falls: start a new run of "
                + experiment.name() + " with --epochs " + settings.text(epochs) + " in another folder");
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
            Experiment experiment,
            Settings settings,
            ResultFolder folder,
            ExperimentRun run,
            Trainer trainer,
            long begin,
            Resumption resumption) {
        run.notes().forEach(note -> System.err.println(Printable.line("odeon: " + note)));
        tellOfSingleIterations(settings, run.training());
        run.served().ifPresent(model -> RunModel.write(model, folder.path()));
        RunFolder checkpoints = folder.checkpoints();
        // A run killed in its first epoch has nothing to go on from.
        boolean goesOn = checkpoints.resumable();
        EarlierEpochs earlier = new EarlierEpochs();
        TrainingResult result;
        int exitCode;
        int epochs = settings.count("epochs");
        boolean terminal = Boolean.getBoolean(TERMINAL);
        try (TensorBoard events = RunRules.of(settings).tensorBoard(folder.path());
                Progress progress =
                        new Progress(experiment.name(), epochs, run.training().batches(), terminal);
                StopSignals signals = StopSignals.watch(terminal)) {
            // The file first: whoever sees the epoch on the screen finds it there.
            List<TrainingListener> told = new ArrayList<>(List.of(earlier, new MetricsWriter(folder), progress));
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
        Map<String, Object> summary = RunSummary.of(
                experiment.name(), settings, result, run.training().atOnce());
        // Once before the pictures and predictions, which may fail.
        folder.writeSummary(summary);
        if (!result.epochs().isEmpty()) {
            EpochCurves.losses(folder.path().resolve("loss.png"), experiment.name(), result.epochs());
            EpochCurves.evaluations(folder.path().resolve("nfe.png"), experiment.name(), result.epochs());
        }
        Findings findings = Findings.NONE;
        if (!result.epochs().isEmpty() && !(result.ending() instanceof Ending.Interrupted)) {
            // What is told and drawn at the end is told of the best epoch; on disk the last one stays as it is.
            checkpoints.restoreBest(run.training());
            findings = run.finish(result, folder.path());
            summary.putAll(findings.entries());
            folder.writeSummary(summary);
        }
        RunReport.lines(
                        result,
                        epochs,
                        (System.nanoTime() - begin) / 1e9,
                        summary,
                        run,
                        findings.prediction(),
                        folder.path())
                .stream()
                .map(Printable::line)
                .forEach(System.out::println);
        tellHowToGoOn(resumption.command(), settings, folder, result);
        if (earlier.count() >= epochs) {
            tellFinished(resumption.command(), folder, run.schedule());
        }
        boolean predicted = findings.prediction()
                .map(prediction -> prediction.outcome().successful())
                .orElse(true);
        return exitCode == 0 && !predicted ? UNSTABLE : exitCode;
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

    private static void tellFinished(String resumption, ResultFolder folder, Schedule schedule) {
        System.err.println(Printable.line("odeon: nothing was left to train in " + folder.path() + "; "
                + (schedule.extendable()
                        ? "for more epochs: " + resumption + " --epochs N"
                        : "the learning rate falls over the whole run, so that more epochs need a new run with a larger"
                                + " --epochs, in another folder")));
    }

    private static void tellHowToGoOn(
            String resumption, Settings settings, ResultFolder folder, TrainingResult result) {
        if (result.ending() instanceof Ending.Interrupted) {
            System.err.println(
                    Printable.line("odeon: interrupted " + result.ending().where() + "; go on with: " + resumption));
        } else if (result.outcome() != Outcome.SUCCESS) {
            System.err.println(
                    Printable.line("odeon: training stopped " + result.ending().where() + ": "
                            + settings.advice(result.outcome())
                            + " What changes the settings is a new run; the last good parameters are in "
                            + folder.path().resolve("checkpoints")
                            + (result.ending() instanceof Ending.FailedIteration
                                    ? ". To pass over it: " + resumption + " --skip-failed N"
                                    : "")));
        }
    }
}
