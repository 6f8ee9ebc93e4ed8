package dev.odeon.experiments;

import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.session.TrainCommand;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The experiments that train a model, a command for each. */
@Command(name = "train", mixinStandardHelpOptions = true, description = "Train a model.")
final class Train {

    private Train() {}

    /** Gives the root's command the experiments. */
    static void add(List<Experiment> experiments, CommandLine root) {
        CommandLine train = Objects.requireNonNull(root.getSubcommands().get("train"));
        experiments.forEach(experiment -> train.addSubcommand(experiment.name(), TrainCommand.of(experiment)));
    }
}
