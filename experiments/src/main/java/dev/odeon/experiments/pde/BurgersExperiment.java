package dev.odeon.experiments.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.pde.Burgers;
import dev.odeon.datasets.pde.Trajectories;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Preset;
import dev.odeon.experiments.training.Settings;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.optimisers.AdamW;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Cosine;
import dev.odeon.models.training.TrainingSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.types.family.TFloating;

/**
 * Learns the nonlinear term of the viscous Burgers equation; J is the fixed stencil of nu u_xx.
 *
 * <p>Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential Equations, section 5.3.
 */
final class BurgersExperiment implements Experiment {

    private static final double INTERVAL = 0.1;
    private static final double WEIGHT_DECAY = 0.01;

    @Override
    public String name() {
        return "burgers";
    }

    @Override
    public Map<String, String> defaults(Preset preset, Map<String, String> given) {
        boolean paper = preset == Preset.PAPER;
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("grid", "512");
        defaults.put("trajectories", "100");
        defaults.put("data", "");
        defaults.put("method", "imex-rk3");
        defaults.put("dt", "0.05");
        defaults.put("time", "0.1");
        defaults.put("epochs", paper ? "200" : "60");
        defaults.put("batch", paper ? "200" : "50");
        defaults.put("rate", "0.001");
        defaults.put("dtype", paper ? "float64" : "float32");
        return defaults;
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        boolean paper = settings.preset() == Preset.PAPER;
        int grid = settings.count("grid");
        if (grid < 8 || grid % 8 != 0) {
            throw settings.bad("grid", "give a multiple of 8, so that the hidden layers are 9/8 as wide");
        }
        int trajectories = settings.count("trajectories");
        if (trajectories < 5) {
            throw settings.bad("trajectories", "give 5 or more, of which one fifth validates");
        }
        PdeObjective.Solve solve = PdeSettings.solve(settings, INTERVAL);
        double rate = settings.positive("rate");
        int batch = settings.count("batch");
        long seed = settings.whole("seed");
        TrainingSettings training = new TrainingSettings(new AdamW(WEIGHT_DECAY), settings.compilation(), seed);
        Burgers equation = Burgers.standard()
                .withPoints(grid)
                .withTrajectories(trajectories)
                .withSeed(seed);
        Surrogate surrogate = Surrogate.burgers(grid, new Mlp.FanInUniform());
        PdeObjective<T> objective = new PdeObjective<>(
                type, surrogate, surrogate.linear(), solve, batch, paper ? Loss.MEAN_ABSOLUTE : Loss.MEAN_SQUARE);
        Trajectories data = SimulatedData.get(
                settings.text("data"),
                "burgers-grid" + grid + "-trajectories" + trajectories + "-seed" + seed,
                grid,
                equation::simulate);
        if (data.count() < 5 || data.samples() <= solve.length()) {
            throw DataException.of(
                    Path.of(settings.text("data")),
                    "has " + data.count() + " trajectories of " + data.samples() + " samples",
                    "5 trajectories or more, longer than the " + solve.length() + " intervals of a window",
                    "give another file");
        }
        Windows windows = Windows.ofTrajectories(data, data.count() * 4 / 5, solve.length());
        PdeTraining.Plan plan = new PdeTraining.Plan(
                // The paper's loader ends before the last window: 19 batches of 200 in an epoch, not 20.
                paper ? windows.withTrainingLimit(windows.training().size() - 1) : windows,
                batch,
                paper ? PdeTraining.Order.AS_STORED : PdeTraining.Order.RANDOM,
                seed,
                paper ? new Constant(rate) : new Cosine(rate),
                data.samples() - 1);
        return new PdeTraining<>(type, grid, objective, plan, training);
    }
}
