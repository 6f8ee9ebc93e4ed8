package dev.odeon.experiments.series;

import dev.odeon.datasets.Parts;
import dev.odeon.datasets.formats.DataKind;
import dev.odeon.datasets.named.DataSets;
import dev.odeon.datasets.series.PlaneVibration;
import dev.odeon.datasets.series.Walker2d;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Settings;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.optimisers.Clipping;
import dev.odeon.models.recurrent.OdeRnn;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.types.family.TFloating;

/**
 * Learns irregular series by a recurrent cell at the observations and a continuous model between them.
 *
 * <p>Source: H. Xia's thesis, section 3.5.3, with the architectures of its tables 3.4 and 3.5 and the batch sizes and rates of
 * table 3.1. Differences: every model predicts from the state before the next observation, also node and anode, which the
 * authors' code judges by the state after the one before; of Walker2D the next observation is predicted, and the time to it is
 * passed, where that code passes the time since the last one. Silverbox is that of section 3.3, of which the thesis draws
 * untrained models only: rate, epochs and windows are those of the authors' code.
 */
public final class SeriesExperiment implements Experiment {

    private static final String MODEL = "model";
    private static final String TOLERANCE = "tolerance";
    private static final String STEPS = "steps";
    private static final String HIDDEN = "hidden";
    private static final String WINDOWS = "windows";
    private static final String ALL = "all";
    private static final String CHOSEN = "chosen";
    private static final ModelKind FIRST = ModelKind.HBNODE;
    /** Of the gradient's norm, as in the authors' code. */
    private static final double LARGEST_GRADIENT = 1;

    /** The parts of the data: of a file that the user gave, or of the usual place. */
    private interface Source {
        Parts<SeriesPart> read(DataSets sets);
    }

    private final String name;
    private final String title;
    private final Recipe recipe;
    private final Source source;
    private final List<ExperimentOption> ownDefaults;
    private final int shown;

    private SeriesExperiment(
            String name, String title, Recipe recipe, Source source, List<ExperimentOption> ownDefaults, int shown) {
        this.name = name;
        this.title = title;
        this.recipe = recipe;
        this.source = source;
        this.ownDefaults = ownDefaults;
        this.shown = shown;
    }

    /** The vibration of an aircraft: the next observation, and eight more. */
    public static SeriesExperiment planeVibration() {
        return new SeriesExperiment(
                "plane-vibration",
                "Learn the vibration of an aircraft by a recurrent neural ODE, and forecast it.",
                new PlaneVibrationRecipe(),
                sets -> map(
                        sets.read("plane-vibration", DataKind.VIBRATION),
                        (PlaneVibration part) -> SeriesPart.following(part.inputs(), part.forecast())),
                List.of(
                        CommonOption.EPOCHS.of("50", "500"),
                        CommonOption.BATCH.of("64"),
                        CommonOption.RATE.of("0.001", "0.0001")),
                2);
    }

    /** The walks of a simulated robot: the next observation. */
    public static SeriesExperiment walker2d() {
        return new SeriesExperiment(
                "walker2d",
                "Learn the walks of a simulated robot by a recurrent neural ODE.",
                new Walker2dRecipe(),
                sets -> map(
                        sets.read("walker2d", DataKind.WALKS),
                        (Walker2d part) -> SeriesPart.following(part.inputs(), null)),
                List.of(
                        CommonOption.EPOCHS.of("50", "500"),
                        CommonOption.BATCH.of("256"),
                        CommonOption.RATE.of("0.003")),
                0);
    }

    /** An electronic oscillator: its output voltage over 64 steps, from its input voltage and from 25 outputs before. */
    public static SeriesExperiment silverbox() {
        return new SeriesExperiment(
                "silverbox",
                "Learn an electronic oscillator: its output voltage from its input voltage, by a driven neural ODE.",
                new SilverboxRecipe(),
                sets -> SilverboxWindows.of(sets.read("silverbox", DataKind.FORECAST)),
                List.of(CommonOption.EPOCHS.of("300"), CommonOption.BATCH.of("64"), CommonOption.RATE.of("0.01")),
                0);
    }

    private static <D> Parts<SeriesPart> map(Parts<D> parts, Function<D, SeriesPart> part) {
        return new Parts<>(part.apply(parts.train()), part.apply(parts.validation()), part.apply(parts.test()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<ExperimentOption> options() {
        List<ExperimentOption> options = new ArrayList<>(List.of(
                ExperimentOption.of(
                        MODEL, "One of " + String.join(", ", ModelKind.words()), DefaultValue.of(FIRST.word())),
                CommonOption.DATA.explained(
                        "Read the series from this file or folder; otherwise from the folder ODEON_DATA or the cache",
                        DefaultValue.of("")),
                ExperimentOption.of(WINDOWS, "Windows that train, the first ones, or all", DefaultValue.of(ALL)),
                ExperimentOption.of(
                        HIDDEN,
                        "Channels of h",
                        DefaultValue.following("the thesis's, " + FIRST.word() + " " + recipe.hidden(FIRST), given -> {
                            ModelKind kind = ModelKind.named(given.getOrDefault(MODEL, FIRST.word()));
                            return String.valueOf(recipe.hidden(kind));
                        })),
                CommonOption.METHOD.of("dopri5"),
                ExperimentOption.of(
                        TOLERANCE,
                        "Relative and absolute tolerance of the steps where they are chosen",
                        DefaultValue.of("1e-3", "1e-7")),
                ExperimentOption.of(
                        STEPS,
                        "Steps of one size from each observation to the next, or chosen: by the tolerance",
                        DefaultValue.of(CHOSEN))));
        options.addAll(ownDefaults);
        options.add(CommonOption.DTYPE.of("float32", "float64"));
        return options;
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        ModelKind kind = settings.choice(MODEL, ModelKind.byWord(List.of(ModelKind.values())));
        SeriesModel<T> model = recipe.model(kind, settings.count(HIDDEN));
        OdeRnn<T> hybrid =
                recipe.hybrid(model, settings.method(), control(settings)).withGradient(settings.gradient());
        int batch = settings.count(CommonOption.BATCH.option());
        double rate = settings.positive(CommonOption.RATE.option());
        String most = settings.text(WINDOWS);
        int windows = most.equals(ALL) ? Integer.MAX_VALUE : settings.count(WINDOWS);
        String path = settings.text(Settings.DATA);
        Parts<SeriesPart> parts =
                source.read(path.isEmpty() ? DataSets.usual() : DataSets.usual().withPath(Path.of(path)));
        SeriesRun.Plan plan = new SeriesRun.Plan(
                parts.train().first(windows),
                parts.validation().first(windows),
                parts.test().first(windows),
                batch,
                rate,
                recipe.unit(),
                shown,
                settings.method());
        TrainingSettings training = new TrainingSettings(
                        new Adam(0), settings.compilation(), settings.whole(CommonOption.SEED.option()))
                .withClipping(new Clipping.ByNorm(LARGEST_GRADIENT))
                .withAtOnce(settings.atOnce());
        return new SeriesRun<>(type, new SeriesObjective<>(type, model, hybrid), plan, training);
    }

    private static StepControl control(Settings settings) {
        if (!settings.text(STEPS).equals(CHOSEN)) {
            return new StepsPerInterval(settings.count(STEPS));
        }
        double tolerance = settings.positive(TOLERANCE);
        return PidController.of(tolerance, tolerance);
    }
}
