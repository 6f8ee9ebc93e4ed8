package dev.odeon.experiments.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.pde.KuramotoSivashinsky;
import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.TrajectoryTable;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Preset;
import dev.odeon.experiments.training.Settings;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.optimisers.AdamW;
import dev.odeon.models.schedules.Cosine;
import dev.odeon.models.schedules.ReduceOnPlateau;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.types.family.TFloating;

/**
 * Learns the nonlinear term of the Kuramoto-Sivashinsky equation; J is the fixed stencil of -u_xx - u_xxxx.
 *
 * <p>Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential Equations, section 5.2. The preset {@code
 * best} trains longer in time, shuffled, with a wider initialisation and a cosine schedule: the paper's 4000 samples in
 * their stored order learn one trajectory by heart and leave the attractor. It also moves and mirrors every window at
 * random, see {@link Symmetry}.
 */
public final class KsExperiment implements Experiment {

    private static final double INTERVAL = 0.2;
    private static final int VALIDATION_SAMPLES = 2001;
    private static final int ROLLOUT = 500;
    private static final double WEIGHT_DECAY = 0.01;

    @Override
    public String name() {
        return "ks";
    }

    @Override
    public String title() {
        return "Learn the nonlinear term of the Kuramoto-Sivashinsky equation from its trajectories.";
    }

    @Override
    public List<ExperimentOption> options() {
        return List.of(
                ExperimentOption.of("grid", "Points in space, even", DefaultValue.of("64")),
                ExperimentOption.of("samples", "States to train on", DefaultValue.of("20001", "4000")),
                PdeSettings.data(),
                CommonOption.METHOD.of("imex-rk3"),
                PdeSettings.stepSize("0.2"),
                CommonOption.TIME.of("0.2"),
                CommonOption.EPOCHS.of("60", "200"),
                PdeSettings.batch(DefaultValue.of("256")),
                CommonOption.RATE.of("0.003", "0.005"),
                CommonOption.DTYPE.of("float64"));
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        boolean paper = settings.preset() == Preset.PAPER;
        int grid = PdeSettings.grid(settings, 16, 2);
        int samples = PdeSettings.count(settings, "samples", 2, grid, VALIDATION_SAMPLES);
        boolean simulated = settings.text("data").isEmpty();
        PdeObjective.Solve solve =
                PdeSettings.solve(settings, INTERVAL, simulated ? Math.min(samples, VALIDATION_SAMPLES) : samples);
        double rate = settings.positive("rate");
        long seed = settings.whole("seed");
        TrainingSettings training = new TrainingSettings(new AdamW(WEIGHT_DECAY), settings.compilation(), seed);
        Surrogate surrogate =
                Surrogate.kuramotoSivashinsky(grid, paper ? new Mlp.Normal(0.01) : new Mlp.FanInUniform());
        PdeObjective<T> objective = new PdeObjective<>(
                type, surrogate, surrogate.linear(), solve, settings.count("batch"), Loss.MEAN_SQUARE);
        Schedule schedule = paper ? new ReduceOnPlateau(rate, 50, 0.75) : new Cosine(rate);
        PdeTraining.Plan plan = new PdeTraining.Plan(
                TrainingWindows.ofTimes(data(settings, grid, samples, solve.length(), seed), samples, solve.length()),
                settings.count("batch"),
                paper ? PdeTraining.Order.AS_STORED : PdeTraining.Order.RANDOM,
                new Draws(seed),
                schedule,
                ROLLOUT);
        return new PdeTraining<>(type, grid, objective, plan, training);
    }

    private static TrajectoryTable data(Settings settings, int grid, int samples, int length, long seed) {
        KuramotoSivashinsky equation =
                KuramotoSivashinsky.standard().withPoints(grid).withSeed(seed);
        int all = samples + VALIDATION_SAMPLES;
        TrajectoryTable data = SimulatedData.get(
                settings.text("data"),
                "ks-grid" + grid + "-samples" + all + "-seed" + seed,
                new DataKind(equation.withSampling(new Sampling(0, INTERVAL, 1)).simulate(), INTERVAL, true),
                () -> equation.withSamples(all).simulate());
        int unseen = Math.max(ROLLOUT, length) + 1;
        if (data.samples() - unseen < samples) {
            throw DataException.of(
                    Path.of(settings.text("data")),
                    "has " + data.samples() + " samples",
                    ((long) samples + unseen) + " or more, the last " + unseen + " to validate on",
                    "give --samples " + Math.max(2, data.samples() - unseen) + " or less, or a longer trajectory");
        }
        return data;
    }
}
