package dev.odeon.experiments.grand;

import dev.odeon.experiments.training.TrainOptions;
import dev.odeon.experiments.training.TrainingSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code odeon train grand}. */
@Command(
        name = "grand",
        mixinStandardHelpOptions = true,
        description = "Classify the nodes of a graph by graph neural diffusion.")
public final class TrainGrand implements Callable<Integer> {

    @Mixin
    private final TrainOptions options = new TrainOptions();

    @Option(names = "--dataset", description = "cora (default), coauthor-cs, photo or karate.")
    void dataset(String value) {
        options.give("dataset", value);
    }

    @Override
    public Integer call() {
        return TrainingSession.run(new GrandExperiment(), options);
    }
}
