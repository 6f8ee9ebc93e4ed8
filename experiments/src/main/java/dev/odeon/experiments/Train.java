package dev.odeon.experiments;

import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.TrainCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The experiments that train a model, a command for each. */
@Command(name = "train", mixinStandardHelpOptions = true, description = "Train a model.")
final class Train {

    private static final String NAME = "train";

    private Train() {}

    /** Adds the command with those of the experiments. */
    static void addTo(CommandLine root, List<Experiment> experiments) {
        CommandLine train = new CommandLine(new Train());
        root.addSubcommand(NAME, train);
        for (Experiment experiment : experiments) {
            train.addSubcommand(experiment.name(), TrainCommand.of(experiment));
        }
    }
}
