package dev.odeon.experiments.classification;

import dev.odeon.datasets.formats.DataKind;
import dev.odeon.datasets.formats.TrainAndTestImages;
import dev.odeon.datasets.images.ImageSet;
import dev.odeon.datasets.images.PixelNormalisation;
import dev.odeon.datasets.named.DataSets;
import dev.odeon.experiments.options.GradientChoice;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Preset;
import dev.odeon.experiments.training.Settings;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.continuous.Coefficient;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.models.continuous.networks.ConvolutionalBlock;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Cosine;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.training.BatchedTraining;
import dev.odeon.models.training.Criterion;
import dev.odeon.models.training.TrainingData;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.types.family.TFloating;

/**
 * Classifies pictures: channels are added to a picture, change by convolutions from time 0 to 1, and are read by a dense layer.
 *
 * <p>Some pictures of the training set are held back to find the best epoch; the test set is judged once, at the end, whole.
 * Source: Xia, section 3.5.2.
 */
public final class ImageExperiment implements Experiment {

    private static final String TRAIN = "train";
    private static final String VALID = "valid";
    private static final String SHIFT = "shift";
    private static final int MOST_SHIFTED = 8;
    /** Test pictures in one run. */
    private static final int CHUNK = 250;

    /** Few evaluations, each of which is expensive. */
    private static final DefaultValue METHOD = DefaultValue.of("bosh3", "dopri5");

    /** Of pictures a state is large, and a solve may take many steps. */
    private static final DefaultValue MEMORY = DefaultValue.following(
            "256M with --gradient adjoint",
            given -> given.getOrDefault(CommonOption.GRADIENT.option(), GradientChoice.ADJOINT)
                            .equals(GradientChoice.ADJOINT)
                    ? "256M"
                    : "all");

    private final Recipe recipe;

    /**
     * What differs between the data sets.
     *
     * @param name of the experiment and of its data
     * @param title a sentence
     * @param sizes of the models
     * @param momentum settings of the models that have it
     * @param options defaults
     */
    private record Recipe(
            String name, String title, ModelChoice.Sizes sizes, MomentumSettings momentum, Defaults options) {}

    private record Defaults(
            DefaultValue train,
            DefaultValue tolerance,
            String scan,
            DefaultValue epochs,
            DefaultValue batch,
            DefaultValue rate) {}

    private ImageExperiment(Recipe recipe) {
        this.recipe = recipe;
    }

    /** Handwritten digits. */
    public static ImageExperiment mnist() {
        return new ImageExperiment(new Recipe(
                "mnist",
                "Classify handwritten digits by a model of continuous depth.",
                ModelChoice.Sizes.DIGITS,
                MomentumSettings.standard(),
                new Defaults(
                        DefaultValue.of("6000", "59000"),
                        DefaultValue.of("1e-2", "1e-5"),
                        "none",
                        DefaultValue.of("7", "40"),
                        DefaultValue.of("16", "64"),
                        DefaultValue.of("0.002", "0.001"))));
    }

    /** Small photographs. */
    public static ImageExperiment cifar10() {
        return new ImageExperiment(new Recipe(
                "cifar10",
                "Classify small photographs of ten kinds of things by a model of continuous depth.",
                ModelChoice.Sizes.PHOTOGRAPHS,
                // That of the authors' code, which their counts show not to be trained.
                MomentumSettings.standard().withSpring(new Coefficient.Fixed(1.5)),
                new Defaults(
                        DefaultValue.of("1000", "49000"),
                        DefaultValue.of("1e-2", "1e-5"),
                        "none",
                        DefaultValue.of("5", "40"),
                        DefaultValue.of("64"),
                        DefaultValue.of("0.001"))));
    }

    @Override
    public String name() {
        return recipe.name();
    }

    @Override
    public String title() {
        return recipe.title();
    }

    @Override
    public List<ExperimentOption> options() {
        List<ExperimentOption> options = new ArrayList<>(List.of(
                recipe.sizes().model(),
                recipe.sizes().hidden(),
                CommonOption.DATA.explained(
                        "Read the pictures from this file or folder; otherwise from the folder ODEON_DATA or the cache",
                        DefaultValue.of("")),
                ExperimentOption.of(
                        TRAIN,
                        "Pictures to train on, the first ones",
                        recipe.options().train()),
                ExperimentOption.of(VALID, "Pictures after them that find the best epoch", DefaultValue.of("1000"))));
        options.add(ExperimentOption.of(
                SHIFT, "Pixels by which the pictures of an iteration are moved at most", DefaultValue.of("2", "0")));
        options.addAll(Solving.options(METHOD, recipe.options().tolerance()));
        options.addAll(List.of(
                ToleranceScan.option(recipe.options().scan()),
                CommonOption.EPOCHS.of(recipe.options().epochs()),
                CommonOption.BATCH.of(recipe.options().batch()),
                CommonOption.RATE.of(recipe.options().rate()),
                CommonOption.DTYPE.of("float32"),
                CommonOption.MEMORY.of(MEMORY)));
        return options;
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        Solving solving = Solving.of(settings);
        ToleranceScan scan = ToleranceScan.of(settings);
        ModelChoice choice = recipe.sizes().chosen(settings);
        long seed = settings.whole("seed");
        int batch = settings.count("batch");
        int train = settings.count(TRAIN);
        int valid = settings.count(VALID);
        TrainAndTestImages images = images(settings);
        ImageSet all = images.train();
        if ((long) train + valid > all.count()) {
            throw settings.bad(
                    TRAIN,
                    "there are " + all.count() + " pictures to train and validate on, of which --" + VALID + " takes "
                            + valid + ": give fewer");
        }
        LabelledRows training = LabelledRows.of(all.slice(0, train));
        LabelledRows validation = LabelledRows.of(all.slice(train, train + valid));
        LabelledRows test = LabelledRows.of(images.test());
        LabelledRows sample = LabelledRows.of(all.slice(0, Math.min(batch, all.count())));
        Shifts shifts = shifts(settings, seed);
        PixelNormalisation pixels = settings.preset() == Preset.PAPER
                ? PixelNormalisation.unit(all.channels())
                : PixelNormalisation.standard(all.slice(0, train));
        Mlp.Initialization start = settings.preset() == Preset.PAPER ? new Mlp.FanInUniform() : new Mlp.He();
        ClassifierObjective<T> objective = objective(type, choice, solving, all, pixels, shifts, start);
        TrainingData data = TrainingData.of(
                        training.source(),
                        validation.source(),
                        BatchPlan.of(batch).withOrder(Order.shuffled(seed)))
                .withInputs(shifts.draws())
                .withCriterion(new Criterion.Highest(ClassifierObjective.ACCURACY));
        TrainingSettings trained =
                new TrainingSettings(new Adam(0), settings.compilation(), seed).withAtOnce(settings.atOnce());
        return new ClassifierRun<>(
                objective,
                new BatchedTraining<>(objective, data, trained),
                schedule(settings),
                new UnseenRows(test, Math.min(CHUNK, test.count())),
                sample,
                scan,
                ClassifierRun.Picture.none(),
                List.of(training, validation, test, sample));
    }

    private TrainAndTestImages images(Settings settings) {
        String path = settings.text(Settings.DATA);
        DataSets sets = path.isEmpty() ? DataSets.usual() : DataSets.usual().withPath(Path.of(path));
        return sets.read(recipe.name(), DataKind.IMAGES);
    }

    private static Shifts shifts(Settings settings, long seed) {
        long most = settings.whole(SHIFT);
        if (most < 0 || most > MOST_SHIFTED) {
            throw settings.bad(SHIFT, "give a whole number from 0 to " + MOST_SHIFTED);
        }
        return new Shifts((int) most, seed);
    }

    private static Schedule schedule(Settings settings) {
        double rate = settings.positive("rate");
        return settings.preset() == Preset.PAPER ? new Constant(rate) : new Cosine(rate);
    }

    /** The model with its readout, for pictures of this kind. */
    <T extends TFloating> ClassifierObjective<T> objective(
            Class<T> type,
            ModelChoice choice,
            Solving solving,
            ImageSet kind,
            PixelNormalisation pixels,
            Shifts shifts,
            Mlp.Initialization start) {
        return new ClassifierObjective<>(
                type,
                new Reading.Pixels(pixels),
                shifts,
                new ConvolutionalBlock(choice.kind(), choice.sizes(kind.channels()), recipe.momentum(), start),
                solving,
                new Readout.Softmax(kind.classes()),
                kind.height() * kind.width() * choice.channels());
    }
}
