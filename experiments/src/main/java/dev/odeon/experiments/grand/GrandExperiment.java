package dev.odeon.experiments.grand;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Findings;
import dev.odeon.experiments.training.LinearPartNote;
import dev.odeon.experiments.training.Settings;
import dev.odeon.models.grand.GrandSettings;
import dev.odeon.models.grand.GrandTraining;
import dev.odeon.models.grand.SolverSettings;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.steps.FixedSteps;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.tensorflow.types.family.TFloating;

/**
 * Classifies the nodes of a graph by graph neural diffusion.
 *
 * <p>Both presets are one recipe, that of the paper's code: nothing better was found.
 *
 * <p>Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential Equations, section 5.1.
 */
public final class GrandExperiment implements Experiment {

    private static final String DATASET = "dataset";
    private static final String DEVELOPMENT = "development";
    private static final String FIRST = "cora";
    /** Digits in the help. */
    private static final MathContext SHOWN = new MathContext(6);

    @Override
    public String name() {
        return "grand";
    }

    @Override
    public String title() {
        return "Classify the nodes of a graph by graph neural diffusion. The best epoch is the first with the highest validation"
                + " accuracy; its loss need not be the lowest.";
    }

    @Override
    public List<ExperimentOption> options() {
        return List.of(
                CommonOption.PRESET.explained(
                        "best or paper, of which both are the recipe of the paper's code", DefaultValue.of("best")),
                ExperimentOption.of(
                        DATASET,
                        "One of " + String.join(", ", GraphDataset.all().keySet()),
                        DefaultValue.of(FIRST)),
                CommonOption.DATA.explained(
                        "Read the graph from this file or folder; otherwise from the folder ODEON_DATA or the cache",
                        DefaultValue.of("")),
                ExperimentOption.of(
                        DEVELOPMENT,
                        "How many nodes train or validate; auto takes the masks in the file, or else the data set's"
                                + " number, or for small graphs shares of each class",
                        DefaultValue.of(GraphDataset.AUTO)),
                CommonOption.METHOD.of("imex-rk2"),
                CommonOption.DT.of("1"),
                CommonOption.TIME.of(ofDataset(GrandSettings::time)),
                CommonOption.EPOCHS.of(ofDataset(GrandSettings::epochs)),
                CommonOption.RATE.of(ofDataset(GrandSettings::learningRate)),
                CommonOption.DTYPE.of("float32"));
    }

    /** A default that is the data set's. */
    private static DefaultValue ofDataset(Function<GrandSettings, Number> setting) {
        Function<Map<String, String>, String> rule = given -> {
            String name = given.getOrDefault(DATASET, FIRST);
            GraphDataset dataset = GraphDataset.of(Settings.fresh(Map.of(), Map.of(DATASET, name)));
            return String.valueOf(setting.apply(dataset.settings()));
        };
        String first = new BigDecimal(rule.apply(Map.of()))
                .round(SHOWN)
                .stripTrailingZeros()
                .toPlainString();
        return DefaultValue.following("the data set's, " + FIRST + " " + first, rule);
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        GraphDataset dataset = GraphDataset.of(settings);
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
        // Runs that were started before there was this option have none in their settings.
        String development = settings.all().getOrDefault(DEVELOPMENT, GraphDataset.AUTO);
        ChosenSplit chosen = dataset.split(data, settings.text("data"), development, seed);
        if (!settings.text("data").isEmpty()) {
            System.err.println("odeon: the nodes are split by " + chosen.rule());
        }
        return new Run<>(
                data,
                chosen,
                new GrandTraining<>(model, data, chosen.split(), solver, type, seed),
                LinearPartNote.of(solver.method(), dt, OptionalDouble.empty()));
    }

    private record Run<T extends TFloating>(
            GraphData data, ChosenSplit chosen, GrandTraining<T> training, List<String> notes)
            implements ExperimentRun {

        @Override
        public Schedule schedule() {
            return new Constant(training.learningRate());
        }

        /** The test accuracy is that of the epoch with the best validation accuracy: the test nodes choose nothing. */
        @Override
        public Findings finish(TrainingResult result, Path out) {
            Map<String, Object> entries = new LinkedHashMap<>();
            entries.put("nodes", data.nodes());
            entries.put("edges", data.undirectedEdges());
            entries.put("classes", data.classes());
            entries.put("split", chosen.rule());
            entries.put("trainNodes", chosen.split().train().length);
            entries.put("validNodes", chosen.split().validation().length);
            entries.put("testNodes", chosen.split().test().length);
            entries.put("parameters", training.parameterCount());
            entries.put("runBy", training.compilation().line());
            result.best().metrics().forEach(entries::put);
            return Findings.of(entries);
        }

        @Override
        public Optional<ServedModel> served() {
            return Optional.of(training.served());
        }

        @Override
        public Optional<String> ranking() {
            return Optional.of("validAccuracy");
        }

        @Override
        public void close() {
            training.close();
        }
    }
}
