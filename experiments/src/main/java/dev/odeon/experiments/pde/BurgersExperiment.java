package dev.odeon.experiments.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.pde.Burgers;
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
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Cosine;
import dev.odeon.models.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.types.family.TFloating;

/**
 * Learns the nonlinear term of the viscous Burgers equation; J is the fixed stencil of nu u_xx.
 *
 * <p>Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential Equations, section 5.3.
 */
public final class BurgersExperiment implements Experiment {

    private static final double INTERVAL = 0.1;
    private static final double WEIGHT_DECAY = 0.01;
    private static final String LENGTH = "length";
    private static final String VISCOSITY = "viscosity";
    /** Fewest trajectories, of which one fifth validates. */
    private static final int LEAST = 5;

    @Override
    public String name() {
        return "burgers";
    }

    @Override
    public String title() {
        return "Learn the nonlinear term of the viscous Burgers equation from its trajectories.";
    }

    @Override
    public List<ExperimentOption> options() {
        return List.of(
                PdeSettings.points("a multiple of 8", "512"),
                ExperimentOption.of("trajectories", "How many, of which one fifth validates", DefaultValue.of("100")),
                PdeSettings.data(),
                PdeSettings.constant(LENGTH, "Length of the interval", Surrogate.BURGERS_LENGTH),
                PdeSettings.constant(VISCOSITY, "Viscosity", Surrogate.BURGERS_VISCOSITY),
                CommonOption.METHOD.of("imex-rk3"),
                PdeSettings.stepSize("0.05", 2),
                PdeSettings.time("0.1"),
                CommonOption.EPOCHS.of("60", "200"),
                PdeSettings.batch(DefaultValue.of("50", "200")),
                CommonOption.RATE.of("0.001"),
                CommonOption.DTYPE.of("float32", "float64"));
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        boolean paper = settings.preset() == Preset.PAPER;
        // The hidden layers are 9/8 as wide.
        int grid = PdeSettings.grid(settings, 8, 8);
        double length = PdeSettings.constant(settings, LENGTH, Surrogate.BURGERS_LENGTH);
        double viscosity = PdeSettings.constant(settings, VISCOSITY, Surrogate.BURGERS_VISCOSITY);
        Burgers standard =
                Burgers.standard().withPoints(grid).withLength(length).withViscosity(viscosity);
        int samples = standard.sampling().samples();
        // One fifth validates.
        int trajectories = PdeSettings.count(settings, "trajectories", LEAST, (long) samples * grid, 0);
        String file = settings.text(Settings.DATA);
        FileFacts facts = FileFacts.of(settings.all()).orElse(null);
        double interval = facts == null ? INTERVAL : facts.interval();
        PdeObjective.Solve solve = PdeSettings.solve(settings, interval, facts == null ? samples : facts.samples());
        double rate = settings.positive("rate");
        int batch = settings.count("batch");
        if (facts == null) {
            PdeSettings.requireBatch(settings, trajectories * 4 / 5 * (samples - solve.length()) - (paper ? 1 : 0));
        }
        long seed = settings.whole("seed");
        TrainingSettings training = new TrainingSettings(new AdamW(WEIGHT_DECAY), settings.compilation(), seed)
                .withAtOnce(settings.atOnce());
        Burgers equation = standard.withTrajectories(trajectories).withSeed(seed);
        Surrogate surrogate = Surrogate.burgers(grid, length, viscosity, new Mlp.FanInUniform());
        PdeObjective<T> objective = new PdeObjective<>(
                type, surrogate, surrogate.linear(), solve, batch, paper ? Loss.MEAN_ABSOLUTE : Loss.MEAN_SQUARE);
        TrajectoryTable data = SimulatedData.get(
                file,
                "burgers-grid" + grid + constants(length, viscosity) + "-trajectories" + trajectories + "-seed" + seed,
                new DataKind(
                        equation.withTrajectories(1)
                                .withSampling(standard.sampling().withSamples(1))
                                .simulate(),
                        interval,
                        false),
                equation::simulate);
        if (data.count() < LEAST) {
            throw DataException.of(
                    Path.of(file),
                    "has " + data.count() + " trajectories",
                    LEAST + " or more, of which one fifth validates",
                    "give another file");
        }
        TrainingWindows windows = TrainingWindows.ofTrajectories(data, data.count() * 4 / 5, solve.length());
        PdeTraining.Plan plan = new PdeTraining.Plan(
                // The paper's loader ends before the last window: 19 batches of 200 in an epoch, not 20.
                paper ? windows.withTrainingLimit(windows.training().size() - 1) : windows,
                batch,
                paper ? PdeTraining.Order.AS_STORED : PdeTraining.Order.RANDOM,
                new Draws(seed),
                paper ? new Constant(rate) : new Cosine(rate),
                data.samples() - 1,
                length);
        return new PdeTraining<>(type, grid, objective, plan, training);
    }

    /** In the name of a simulation, where they are not the paper's. */
    private static String constants(double length, double viscosity) {
        return (length == Surrogate.BURGERS_LENGTH ? "" : "-length" + PdeSettings.plain(length))
                + (viscosity == Surrogate.BURGERS_VISCOSITY ? "" : "-viscosity" + PdeSettings.plain(viscosity));
    }
}
