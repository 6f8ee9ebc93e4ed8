package dev.odeon.experiments;

import dev.odeon.experiments.grand.TrainGrand;
import dev.odeon.experiments.pde.TrainBurgers;
import dev.odeon.experiments.pde.TrainKs;
import picocli.CommandLine.Command;

/** The experiments that train a model. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Train a model.",
        subcommands = {TrainKs.class, TrainBurgers.class, TrainGrand.class})
final class Train {}
