package dev.odeon.experiments.grand;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Preset;
import dev.odeon.experiments.training.Settings;
import dev.odeon.models.grand.GrandSettings;
import dev.odeon.models.grand.GrandTraining;
import dev.odeon.models.grand.SolverSettings;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.training.TrainingResult;
import dev.odeon.solvers.steps.FixedSteps;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.types.family.TFloating;

/**
 * Classifies the nodes of a graph by graph neural diffusion.
 *
 * <p>Both presets are one recipe, that of the paper's code: nothing better was found.
 *
 * <p>Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential Equations, section 5.1.
 */
final class GrandExperiment implements Experiment {

    @Override
    public String name() {
        return "grand";
    }

    @Override
    public Map<String, String> defaults(Preset preset, Map<String, String> given) {
        String name = given.getOrDefault("dataset", "cora");
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("dataset", name);
        GrandSettings settings = Settings.fresh(Map.of(), defaults)
                .choice("dataset", GraphDataset.all())
                .settings();
        defaults.put("data", "");
        defaults.put("method", "imex-rk2");
        defaults.put("dt", "1");
        defaults.put("time", String.valueOf(settings.time()));
        defaults.put("epochs", String.valueOf(settings.epochs()));
        defaults.put("rate", String.valueOf(settings.learningRate()));
        defaults.put("dtype", "float32");
        return defaults;
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        GraphDataset dataset = settings.choice("dataset", GraphDataset.all());
        double dt = settings.positive("dt");
        double time = settings.positive("time");
        if (dt > time) {
            throw settings.bad("dt", "give at most " + time + ", the length of the solve");
        }
        SolverSettings solver =
                new SolverSettings(settings.method(), new FixedSteps(dt), settings.gradient(), settings.compilation());
        GrandSettings model = dataset.settings().toBuilder()
                .time(time)
                .learningRate(settings.positive("rate"))
                .epochs(settings.count("epochs"))
                .build();
        long seed = settings.whole("seed");
        GraphData data = dataset.read(settings.text("data"));
        Split split = dataset.protocol().split(data, seed);
        return new Run<>(data, new GrandTraining<>(model, data, split, solver, type, seed));
    }

    private record Run<T extends TFloating>(GraphData data, GrandTraining<T> training) implements ExperimentRun {

        @Override
        public Schedule schedule() {
            return new Constant(training.learningRate());
        }

        /** The test accuracy is that of the epoch with the best validation accuracy: the test nodes choose nothing. */
        @Override
        public Map<String, Object> finish(TrainingResult result, Path out) {
            Map<String, Object> entries = new LinkedHashMap<>();
            entries.put("nodes", data.nodes());
            entries.put("edges", data.undirectedEdges());
            entries.put("classes", data.classes());
            entries.put("parameters", training.parameterCount());
            result.best().metrics().forEach(entries::put);
            return entries;
        }

        @Override
        public void close() {
            training.close();
        }
    }
}
