package dev.odeon.experiments.training.session;

import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code odeon train NAME}, made from what the experiment says of itself. */
public final class TrainCommand implements Callable<Integer> {

    private static final String OUT = "--out";
    private static final String RESUME = "--resume";
    private static final String SEEDS = "--seeds";

    private final Experiment experiment;
    private final ExperimentOptions options;
    private final CommandSpec spec;

    private TrainCommand(Experiment experiment) {
        this.experiment = experiment;
        this.options = ExperimentOptions.of(experiment);
        this.spec =
                CommandSpec.wrapWithoutInspection(this).name(experiment.name()).mixinStandardHelpOptions(true);
        spec.usageMessage().description(formatted(experiment.title()));
        spec.addOption(OptionSpec.builder(OUT)
                .required(true)
                .type(Path.class)
                .paramLabel("<out>")
                .description("Folder for the results; new or empty unless --resume.")
                .build());
        spec.addOption(OptionSpec.builder(RESUME)
                .type(boolean.class)
                .arity("0")
                .description("Go on with the run in --out where it was interrupted, or after its last finished epoch.")
                .build());
        spec.addOption(OptionSpec.builder(SEEDS)
                .type(String.class)
                .paramLabel("<seeds>")
                .description(
                        "Runs of as many seeds, from --seed on, one after another, each in a folder of --out; then mean"
                                + " and standard deviation of their figures.")
                .build());
        options.all().forEach(option -> spec.addOption(spec(option)));
    }

    /** A text of which a percent sign is a part, where picocli looks for variables. */
    private static String formatted(String text) {
        return text.replace("%", "%%");
    }

    private static OptionSpec spec(ExperimentOption option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.flag())
                .type(String.class)
                .paramLabel("<" + option.name() + ">")
                .description(formatted(option.sentence()));
        if (!option.words().isEmpty()) {
            builder.completionCandidates(option.words());
        }
        if (option.form() == ExperimentOption.Form.FLAG) {
            builder.arity("0..1").fallbackValue("yes").paramLabel("yes|no");
        }
        return builder.build();
    }

    /**
     * The command of an experiment.
     *
     * @throws IllegalArgumentException if its options contradict each other or those of all trainings
     */
    public static CommandSpec of(Experiment experiment) {
        return new TrainCommand(experiment).spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, String> given = new LinkedHashMap<>();
        for (ExperimentOption option : options.all()) {
            if (parsed.hasMatchedOption(option.flag())) {
                given.put(option.name(), option.form().kept(parsed.matchedOptionValue(option.flag(), "")));
            }
        }
        TrainOptions wanted = new TrainOptions(
                parsed.matchedOptionValue(OUT, Path.of("")),
                parsed.hasMatchedOption(RESUME) ? TrainOptions.Start.RESUMED : TrainOptions.Start.NEW,
                given);
        int seeds = parsed.hasMatchedOption(SEEDS) ? seeds(parsed.matchedOptionValue(SEEDS, "")) : 0;
        if (wanted.resume() && SeriesFile.isIn(wanted.out())) {
            return SeedSeries.resume(experiment, wanted, seeds);
        }
        if (wanted.resume() && seeds > 0) {
            throw new IllegalArgumentException(RESUME + " finds no series of runs in " + wanted.out()
                    + ": name the folder of one, or leave " + SEEDS + " out");
        }
        return seeds > 0
                ? SeedSeries.start(experiment, wanted, seeds)
                : TrainingSession.run(experiment, wanted, new Resumption(experiment.name(), wanted.out()));
    }

    private static int seeds(String text) {
        if (!text.matches("0*[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(SEEDS + " is " + text + ": give a whole number from 1 to 999999");
        }
        return Integer.parseInt(text);
    }
}
