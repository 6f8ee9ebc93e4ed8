package dev.odeon.experiments.solve;

import picocli.CommandLine.Command;

/** {@code odeon solve}: the experiments that solve an equation and train nothing. */
@Command(
        name = "solve",
        mixinStandardHelpOptions = true,
        description = "Solve an equation with several methods.",
        subcommands = {SolveDiffusion.class, SolveStiff.class})
public final class Solve {}
