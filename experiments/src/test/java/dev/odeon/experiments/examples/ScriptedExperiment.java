package dev.odeon.experiments.examples;

import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Findings;
import dev.odeon.experiments.training.Settings;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.training.runs.Evaluation;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.Trainable;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tensorflow.types.family.TFloating;

/**
 * Trains one number without a graph, four iterations an epoch, to be told what a training does around its model: the loss falls
 * and rises again, an iteration may fail, and each takes as long as it is told to.
 */
public final class ScriptedExperiment implements Experiment {

    private static final int BATCHES = 4;

    private final AtomicInteger prepared = new AtomicInteger();

    /** How often data were asked for. */
    public int prepared() {
        return prepared.get();
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public String title() {
        return "Move a number.";
    }

    @Override
    public List<ExperimentOption> options() {
        return List.of(
                ExperimentOption.of("fails", "Number of the iteration that fails, from 1, or 0", DefaultValue.of("0")),
                ExperimentOption.of("unlucky", "The seed alone with which it fails, or any", DefaultValue.of("any")),
                ExperimentOption.of("millis", "How long an iteration takes", DefaultValue.of("0")),
                CommonOption.EPOCHS.of("6"),
                CommonOption.RATE.of("0.03"),
                CommonOption.DTYPE.of("float64"));
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        prepared.incrementAndGet();
        long seed = settings.whole("seed");
        boolean unlucky = List.of("any", String.valueOf(seed)).contains(settings.text("unlucky"));
        // The seed moves the start by a hundredth.
        Scalar scalar = new Scalar(unlucky ? settings.whole("fails") : 0, settings.whole("millis"), seed / 100.0);
        return new Run(scalar, new Constant(settings.positive("rate")));
    }

    private record Run(Trainable training, Schedule schedule) implements ExperimentRun {
        @Override
        public Findings finish(TrainingResult result, Path out) {
            return Findings.of(Map.of("distance", result.best().validLoss(), "digits", 17));
        }

        @Override
        public List<String> headline() {
            return List.of("distance");
        }

        @Override
        public void close() {}
    }

    private static final class Scalar implements Trainable {
        private final long fails;
        private final long millis;
        private double value;

        private Scalar(long fails, long millis, double start) {
            this.fails = fails;
            this.millis = millis;
            this.value = start;
        }

        @Override
        public int batches() {
            return BATCHES;
        }

        @Override
        public Iteration train(int epoch, int batch, double learningRate) {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            boolean failed = (epoch - 1) * BATCHES + batch + 1 == fails;
            double loss = Math.abs(value - 1);
            if (!failed) {
                value += learningRate * (epoch + batch / 3.0);
            }
            return new Iteration(failed ? Double.NaN : loss, Outcome.SUCCESS, 4, 8, Map.of());
        }

        @Override
        public Evaluation evaluate() {
            double loss = Math.abs(value - 1);
            return new Evaluation(Outcome.SUCCESS, loss, loss, 2, Map.of("value", value));
        }

        @Override
        public void save(Path prefix) {
            try {
                Files.writeString(Path.of(prefix + ".txt"), String.valueOf(value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void restore(Path prefix) {
            try {
                value = Double.parseDouble(Files.readString(Path.of(prefix + ".txt")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
