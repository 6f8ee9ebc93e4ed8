package dev.odeon.experiments.classification;

import dev.odeon.adjoint.Gradient;
import dev.odeon.datasets.dynamics.PointCloud;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Preset;
import dev.odeon.experiments.training.Settings;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.models.continuous.Coefficient;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.models.continuous.networks.DenseBlock;
import dev.odeon.models.continuous.networks.ModelBlock;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.training.BatchedTraining;
import dev.odeon.models.training.TrainingData;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.Order;
import dev.odeon.ode.Solution;
import dev.odeon.plots.Scatters;
import dev.odeon.solvers.steps.SaveAt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Separates a disc from the annulus around it, which no flow in the plane can.
 *
 * <p>Validation is on the points of the training. A flow in the plane may still pull these few apart, through a gap between the
 * points of the annulus; so at the end a hundred times as many unseen points are judged, which leave no gap. Source: Xia,
 * section 3.5.1.
 */
public final class PointCloudExperiment implements Experiment {

    /** Of the hard tanh, of xi in the authors' code. */
    private static final double BOUND = 5;

    private static final double SPRING = 2;
    /** Unseen points for each that trains: so many that no gap between them is wide enough to pull the disc through. */
    private static final int DENSER = 100;
    /** Unseen points in one run. */
    private static final int CHUNK = 3000;
    /** Of the plane. */
    private static final int DIMENSIONS = 2;

    private static final double[] SHOWN = {0, 0.25, 0.5, 0.75, 1};

    @Override
    public String name() {
        return "point-cloud";
    }

    @Override
    public String title() {
        return "Separate a disc of points from the annulus around it, by a model of continuous depth.";
    }

    @Override
    public List<ExperimentOption> options() {
        List<ExperimentOption> options = new ArrayList<>();
        options.add(ModelChoice.Sizes.POINTS.model());
        options.add(ModelChoice.Sizes.POINTS.hidden());
        options.addAll(Solving.options(DefaultValue.of("dopri5"), DefaultValue.of("1e-7")));
        options.add(ToleranceScan.option("none"));
        options.add(CommonOption.EPOCHS.of("300"));
        options.add(CommonOption.BATCH.of("120", "50"));
        options.add(CommonOption.RATE.of("0.01"));
        options.add(CommonOption.DTYPE.of("float64"));
        return options;
    }

    @Override
    public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
        Solving solving = Solving.of(settings);
        ToleranceScan scan = ToleranceScan.of(settings);
        ModelChoice choice = ModelChoice.Sizes.POINTS.chosen(settings);
        long seed = settings.whole("seed");
        int batch = settings.count("batch");
        Activation bounded = settings.preset() == Preset.PAPER ? new Activation.HardTanh(1) : Activation.TANH;
        PointCloud cloud = PointCloud.discAndAnnulus(seed);
        if (batch > cloud.labels().length) {
            throw settings.bad("batch", "there are only " + cloud.labels().length + " points, give at most as many");
        }
        // Further seeds of the same kind, far from those that anyone counts up to.
        PointCloud others = PointCloud.discAndAnnulus(40 * DENSER, 80 * DENSER, 0.5, 0.85, 1, ~seed);
        LabelledRows points = LabelledRows.of(cloud, type);
        LabelledRows unseen = LabelledRows.of(others, type);
        ClassifierObjective<T> objective = objective(type, choice, solving, new Readout.Sign(bounded));
        TrainingData data = TrainingData.of(
                points.source(), points.source(), BatchPlan.of(batch).withOrder(Order.shuffled(seed)));
        TrainingSettings training =
                new TrainingSettings(new Adam(0), settings.compilation(), seed).withAtOnce(settings.atOnce());
        return new ClassifierRun<>(
                objective,
                new BatchedTraining<>(objective, data, training),
                new Constant(settings.positive("rate")),
                new UnseenRows(unseen, CHUNK),
                points,
                scan,
                (trained, model, out) -> draw(trained, model, points, cloud, out),
                List.of(points, unseen));
    }

    /** The model with its readout. */
    static <T extends TFloating> ClassifierObjective<T> objective(
            Class<T> type, ModelChoice choice, Solving solving, Readout readout) {
        return new ClassifierObjective<>(
                type, new Reading.Numbers(), Shifts.NONE, model(choice), solving, readout, choice.channels());
    }

    /** The authors' code holds the spring of a generalized heavy ball at 2, as the thesis' counts show. */
    private static ModelBlock model(ModelChoice choice) {
        return new DenseBlock(
                choice.kind(),
                choice.sizes(DIMENSIONS),
                MomentumSettings.standard()
                        .withSpring(new Coefficient.Fixed(SPRING))
                        .withVelocity(new Activation.HardTanh(BOUND)));
    }

    private static <T extends TFloating> void draw(
            BatchedTraining<T> training,
            ClassifierObjective<T> objective,
            LabelledRows points,
            PointCloud cloud,
            Path out) {
        Ops tf = training.graph().tf();
        Values parameters = training.graph().parameters();
        Operand<T> start = objective.start(tf, points.constants(tf).features(), parameters);
        Solution<T> solution = objective.solve(
                tf, start, parameters, objective.solving().withGradient(Gradient.NONE), SaveAt.times(SHOWN));
        try (Result fetched =
                training.graph().session().runner().fetch(solution.states()).run()) {
            double[] states = Floats.read(fetched.get(0));
            int count = cloud.labels().length;
            int width = states.length / SHOWN.length / count;
            List<Scatters.Panel> panels = new ArrayList<>();
            for (int k = 0; k < SHOWN.length; k++) {
                double[] x = new double[count];
                double[] y = new double[count];
                for (int i = 0; i < count; i++) {
                    // The state begins with h.
                    x[i] = states[(k * count + i) * width];
                    y[i] = states[(k * count + i) * width + 1];
                }
                panels.add(new Scatters.Panel(String.format(Locale.ROOT, "t = %.2f", SHOWN[k]), x, y));
            }
            Scatters.write(out.resolve("evolution.png"), panels, cloud.labels());
        }
    }
}
