package dev.odeon.experiments.pde;

import dev.odeon.experiments.training.TrainOptions;
import dev.odeon.experiments.training.TrainingSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code odeon train burgers}. */
@Command(
        name = "burgers",
        mixinStandardHelpOptions = true,
        description = "Learn the nonlinear term of the viscous Burgers equation from its trajectories.")
public final class TrainBurgers implements Callable<Integer> {

    @Mixin
    private final TrainOptions options = new TrainOptions();

    @Option(names = "--grid", description = "Points in space, a multiple of 8; 512.")
    void grid(String value) {
        options.give("grid", value);
    }

    @Option(names = "--trajectories", description = "How many, of which one fifth validates; 100.")
    void trajectories(String value) {
        options.give("trajectories", value);
    }

    @Option(
            names = "--batch",
            description = "Windows in an iteration; the last ones of an epoch of training are left out where they do"
                    + " not fill one, those of the validation all count; 50, paper: 200.")
    void batch(String value) {
        options.give("batch", value);
    }

    @Override
    public Integer call() {
        return TrainingSession.run(new BurgersExperiment(), options);
    }
}
