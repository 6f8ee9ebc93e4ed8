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
    private static final String LENGTH = "length";
    /** Fewest samples of a training. */
    private static final int LEAST = 2;

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
                PdeSettings.points("even", "64"),
                samples(),
                PdeSettings.data(),
                PdeSettings.constant(LENGTH, "Length of the ring", KuramotoSivashinskyRing.LENGTH),
                CommonOption.METHOD.of("imex-rk3"),
                PdeSettings.stepSize("0.2", 1),
                PdeSettings.time("0.2"),
                CommonOption.EPOCHS.of("60", "200"),
                PdeSettings.batch(DefaultValue.of("256")),
                CommonOption.RATE.of("0.003", "0.005"),
                CommonOption.DTYPE.of("float64"));
    }

    /** At most what a file has besides the samples that validate. */
    private static ExperimentOption samples() {
        DefaultValue simulated = DefaultValue.of("20001", "4000");
        DefaultValue standard = new DefaultValue(simulated.help(), (preset, given) -> {
            String wanted = simulated.rule().apply(preset, given);
            return FileFacts.of(given)
                    .map(file -> String.valueOf(
                            Math.max(LEAST, Math.min(Integer.parseInt(wanted), file.samples() - ROLLOUT - 1))))
                    .orElse(wanted);
        });
        return ExperimentOption.of(
                "samples",
                "States to train on; with --data all but the last " + (ROLLOUT + 1) + " if there are fewer",
                standard);
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        boolean paper = settings.preset() == Preset.PAPER;
        int grid = PdeSettings.grid(settings, 16, 2);
        int samples = PdeSettings.count(settings, "samples", LEAST, grid, VALIDATION_SAMPLES);
        FileFacts file = FileFacts.of(settings.all()).orElse(null);
        double interval = file == null ? INTERVAL : file.interval();
        double length = PdeSettings.constant(settings, LENGTH, KuramotoSivashinskyRing.LENGTH);
        PdeObjective.Solve solve =
                PdeSettings.solve(settings, interval, file == null ? Math.min(samples, VALIDATION_SAMPLES) : samples);
        if (file == null) {
            PdeSettings.requireBatch(settings, samples - solve.length());
        }
        double rate = settings.positive("rate");
        long seed = settings.whole("seed");
        KuramotoSivashinsky equation = KuramotoSivashinsky.standard()
                .withPoints(grid)
                .withLength(length)
                .withSeed(seed);
        TrainingSettings training = new TrainingSettings(new AdamW(WEIGHT_DECAY), settings.compilation(), seed)
                .withAtOnce(settings.atOnce());
        Surrogate surrogate =
                Surrogate.kuramotoSivashinsky(grid, length, paper ? new Mlp.Normal(0.01) : new Mlp.FanInUniform());
        PdeObjective<T> objective = new PdeObjective<>(
                type, surrogate, surrogate.linear(), solve, settings.count("batch"), Loss.MEAN_SQUARE);
        Schedule schedule = paper ? new ReduceOnPlateau(rate, 50, 0.75) : new Cosine(rate);
        PdeTraining.Plan plan = new PdeTraining.Plan(
                TrainingWindows.ofTimes(data(settings, equation, samples, solve), samples, solve.length()),
                settings.count("batch"),
                paper ? PdeTraining.Order.AS_STORED : PdeTraining.Order.RANDOM,
                new Draws(seed),
                schedule,
                ROLLOUT,
                length);
        return new PdeTraining<>(type, grid, objective, plan, training);
    }

    private static TrajectoryTable data(
            Settings settings, KuramotoSivashinsky equation, int samples, PdeObjective.Solve solve) {
        int all = samples + VALIDATION_SAMPLES;
        String length = equation.length() == KuramotoSivashinskyRing.LENGTH
                ? ""
                : "-length" + PdeSettings.plain(equation.length());
        TrajectoryTable data = SimulatedData.get(
                settings.text(Settings.DATA),
                "ks-grid" + equation.grid().points() + length + "-samples" + all + "-seed" + equation.seed(),
                new DataKind(equation.withSampling(new Sampling(0, INTERVAL, 1)).simulate(), solve.interval(), true),
                () -> equation.withSamples(all).simulate());
        int unseen = Math.max(ROLLOUT, solve.length()) + 1;
        if (data.samples() - unseen < samples) {
            int left = data.samples() - unseen;
            throw DataException.of(
                    Path.of(settings.text(Settings.DATA)),
                    "has " + data.samples() + " samples",
                    ((long) samples + unseen) + " or more, the last " + unseen + " to validate on",
                    // Fewer than that are refused, too.
                    left < LEAST
                            ? "give a longer trajectory"
                            : "give --samples " + left + " or less, or a longer trajectory");
        }
        return data;
    }
}
