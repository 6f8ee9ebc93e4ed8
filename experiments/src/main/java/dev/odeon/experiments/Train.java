package dev.odeon.experiments;

import picocli.CommandLine.Command;

/** The experiments that train a model. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Train a model.",
        subcommands = {TrainKs.class})
final class Train {}
