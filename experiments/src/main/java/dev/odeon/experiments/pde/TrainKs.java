package dev.odeon.experiments.pde;

import dev.odeon.experiments.training.TrainOptions;
import dev.odeon.experiments.training.TrainingSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code odeon train ks}. */
@Command(
        name = "ks",
        mixinStandardHelpOptions = true,
        description = "Learn the nonlinear term of the Kuramoto-Sivashinsky equation from its trajectories.")
public final class TrainKs implements Callable<Integer> {

    @Mixin
    private final TrainOptions options = new TrainOptions();

    @Option(names = "--grid", description = "Points in space, even; 64.")
    void grid(String value) {
        options.give("grid", value);
    }

    @Option(names = "--samples", description = "States to train on; 20001, paper: 4000.")
    void samples(String value) {
        options.give("samples", value);
    }

    @Option(
            names = "--batch",
            description = "Windows in an iteration; the last ones of an epoch of training are left out where they do"
                    + " not fill one, those of the validation all count; 256.")
    void batch(String value) {
        options.give("batch", value);
    }

    @Override
    public Integer call() {
        return TrainingSession.run(new KsExperiment(), options);
    }
}
