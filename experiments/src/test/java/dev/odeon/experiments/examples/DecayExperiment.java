package dev.odeon.experiments.examples;

import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Findings;
import dev.odeon.experiments.training.Settings;
import dev.odeon.graph.Floats;
import dev.odeon.models.optimisers.AdamW;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.training.BatchedTraining;
import dev.odeon.models.training.TrainingData;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.runs.TrainingResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/** Learns how fast something decays; the example in CONTRIBUTING. */
public final class DecayExperiment implements Experiment {

    private static final String HALF_LIFE = "half-life";

    @Override
    public String name() {
        return "decay";
    }

    @Override
    public String title() {
        return "Learn the rate of a decay, to 100 % of its digits.";
    }

    @Override
    public List<ExperimentOption> options() {
        return List.of(
                ExperimentOption.of(HALF_LIFE, "Time in which half of it decays", DefaultValue.of("0.5", "2")),
                CommonOption.METHOD.of("rk4"),
                CommonOption.DT.of("0.1"),
                CommonOption.TIME.of(DefaultValue.following(
                        "twice the half-life",
                        given -> given.getOrDefault(HALF_LIFE, "0.5").equals("2") ? "4" : "1")),
                CommonOption.EPOCHS.of("100"),
                CommonOption.BATCH.of("8"),
                CommonOption.RATE.of("0.1"),
                CommonOption.DTYPE.of("float64"));
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        double time = settings.positive("time");
        int samples = settings.count("batch");
        long seed = settings.whole("seed");
        double decayed = Math.exp(-Math.log(2) / settings.positive(HALF_LIFE) * time);
        SplittableRandom random = new SplittableRandom(seed);
        double[] starts = random.doubles(samples, 1, 2).toArray();
        double[] ends = new double[samples];
        for (int i = 0; i < samples; i++) {
            ends[i] = decayed * starts[i];
        }
        DecayModel<T> model =
                new DecayModel<>(type, settings.method(), settings.positive("dt"), time, settings.gradient());
        Shape shape = Shape.of(samples, 1);
        try (T first = Floats.tensor(type, shape, starts);
                T last = Floats.tensor(type, shape, ends)) {
            TrainingData data = TrainingData.whole(Map.of(DecayModel.STARTS, first, DecayModel.ENDS, last));
            TrainingSettings training = new TrainingSettings(new AdamW(0), settings.compilation(), seed);
            return new Run<>(new BatchedTraining<>(model, data, training), new Constant(settings.positive("rate")));
        }
    }

    private record Run<T extends TFloating>(BatchedTraining<T> training, Schedule schedule) implements ExperimentRun {

        @Override
        public Findings finish(TrainingResult result, Path out) {
            return Findings.of(Map.of("parameters", training.parameterCount()));
        }

        @Override
        public void close() {
            training.close();
        }
    }
}
