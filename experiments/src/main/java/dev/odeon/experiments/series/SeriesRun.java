package dev.odeon.experiments.series;

import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Findings;
import dev.odeon.experiments.training.Prediction;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.training.BatchedTraining;
import dev.odeon.models.training.TrainingData;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.Order;
import dev.odeon.models.training.data.TensorRows;
import dev.odeon.models.training.runs.Trainable;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.ode.Solution;
import dev.odeon.plots.Curves;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** A hybrid with its windows, ready to train; afterwards judged on the windows of the test. */
final class SeriesRun<T extends TFloating> implements ExperimentRun {

    /** The entry of the summary that tells the mean square error of the next observation. */
    static final String NEXT_ERROR = "testNextError";
    /** The entry that tells that of the forecast. */
    static final String FORECAST_ERROR = "testForecastError";

    /**
     * What the run is made of.
     *
     * @param unit of time for the model, in that of the data
     * @param shown channel in the picture
     * @param method of the solves
     */
    record Plan(
            SeriesPart train,
            SeriesPart validation,
            SeriesPart test,
            int batch,
            double rate,
            double unit,
            int shown,
            Method method) {}

    /** Columns that a model reads. */
    private static final List<String> READ =
            List.of(SeriesObjective.OBSERVED, SeriesObjective.GAPS, SeriesObjective.PAST);

    /** Windows whose adjoints are averaged. */
    private static final int MOST_ADJOINTS = 64;

    private final Class<T> type;
    private final SeriesObjective<T> objective;
    private final Plan plan;
    private final Map<String, TType> train;
    private final Map<String, TType> validation;
    private final BatchedTraining<T> training;

    SeriesRun(Class<T> type, SeriesObjective<T> objective, Plan plan, TrainingSettings settings) {
        this.type = type;
        this.objective = objective;
        this.plan = plan;
        this.train = plan.train().columns(type, plan.unit());
        this.validation = plan.validation().columns(type, plan.unit());
        BatchPlan batches = BatchPlan.of(plan.batch()).withOrder(Order.shuffled(settings.seed()));
        this.training = new BatchedTraining<>(
                objective, TrainingData.of(TensorRows.of(train), TensorRows.of(validation), batches), settings);
    }

    @Override
    public Trainable training() {
        return training;
    }

    @Override
    public Schedule schedule() {
        return new Constant(plan.rate());
    }

    @Override
    public Findings finish(TrainingResult result, Path out) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("parameters", training.parameterCount());
        entries.put("runBy", training.compilation().line());
        entries.put("trainWindows", plan.train().observed().count());
        entries.put("validWindows", plan.validation().observed().count());
        entries.put("testWindows", plan.test().observed().count());
        Map<String, TType> columns = plan.test().columns(type, plan.unit());
        try {
            Tested tested = tested(columns, out);
            entries.put("testOutcome", tested.outcome().name());
            entries.putAll(tested.errors());
            if (tested.outcome().successful()) {
                adjoints(columns, out);
            }
            return new Findings(entries, Prediction.ofTest(tested.outcome(), "the windows of the test", plan.method()));
        } finally {
            columns.values().forEach(TType::close);
        }
    }

    /** The first outcome that was no success, and mean square errors by name. */
    private record Tested(Outcome outcome, Map<String, Double> errors) {}

    /** Errors on the windows of the test, batch by batch, and the picture of the first. */
    private Tested tested(Map<String, TType> columns, Path out) {
        Ops tf = training.graph().tf();
        Values fed = Values.empty();
        for (String name : READ) {
            if (columns.containsKey(name)) {
                long[] extents = column(columns, name).shape().asArray();
                extents[0] = Shape.UNKNOWN_SIZE;
                fed = fed.with(name, tf.placeholder(type, Placeholder.shape(Shape.of(extents))));
            }
        }
        int ahead = ahead(columns);
        SeriesObjective.Predicted<T> predicted =
                objective.predicted(tf, fed, ahead, training.graph().parameters());
        Errors next = new Errors();
        Errors forecast = new Errors();
        Outcome worst = Outcome.SUCCESS;
        TensorRows rows = TensorRows.of(columns);
        for (int first = 0; first < rows.rows(); first += plan.batch()) {
            int[] chosen = IntStream.range(first, Math.min(first + plan.batch(), rows.rows()))
                    .toArray();
            Map<String, TType> batch = rows.load(chosen);
            try (Result fetched = run(fed, batch, predicted)) {
                double[] ofNext = Floats.read(fetched.get(0));
                double[] truth = Floats.read(column(batch, SeriesObjective.NEXT));
                next.add(ofNext, truth);
                worst = worst.successful() ? Outcome.of(fetched.get(1)) : worst;
                if (ahead > 0) {
                    worst = worst.successful() ? Outcome.of(fetched.get(3)) : worst;
                }
                double[] ofForecast = ahead == 0 ? new double[0] : Floats.read(fetched.get(2));
                double[] later = ahead == 0 ? new double[0] : Floats.read(column(batch, SeriesObjective.FORECAST));
                forecast.add(ofForecast, later);
                if (first == 0) {
                    draw(out, batch, ofNext, truth, ofForecast, later);
                }
            } finally {
                batch.values().forEach(TType::close);
            }
        }
        return new Tested(
                worst,
                ahead > 0
                        ? Map.of(NEXT_ERROR, next.mean(), FORECAST_ERROR, forecast.mean())
                        : Map.of(NEXT_ERROR, next.mean()));
    }

    /** How much of the last prediction's error reaches early times: adjoints.csv and adjoints.png, of the first windows. */
    private void adjoints(Map<String, TType> columns, Path out) {
        Ops tf = training.graph().tf();
        TensorRows rows = TensorRows.of(columns);
        Map<String, TType> batch = rows.load(
                IntStream.range(0, Math.min(MOST_ADJOINTS, rows.rows())).toArray());
        try {
            Values fed = Values.empty();
            for (Map.Entry<String, TType> entry : batch.entrySet()) {
                fed = fed.with(
                        entry.getKey(),
                        tf.placeholder(type, Placeholder.shape(entry.getValue().shape())));
            }
            Operand<T> norms = objective.adjoints(tf, fed, training.graph().parameters());
            Session.Runner runner = training.graph().session().runner().fetch(norms);
            for (String name : fed.names()) {
                runner.feed(fed.get(name), column(batch, name));
            }
            try (Result fetched = runner.run()) {
                drawAdjoints(out, Floats.read(column(batch, SeriesObjective.GAPS)), Floats.read(fetched.get(0)));
            }
        } finally {
            batch.values().forEach(TType::close);
        }
    }

    private static void drawAdjoints(Path out, double[] gaps, double[] norms) {
        int windows = gaps.length / norms.length;
        double[] times = new double[norms.length];
        List<List<?>> table = new ArrayList<>();
        for (int k = 0; k < norms.length; k++) {
            if (k > 0) {
                double sum = 0;
                for (int window = 0; window < windows; window++) {
                    sum += gaps[window * norms.length + k - 1];
                }
                times[k] = times[k - 1] + sum / windows;
            }
            table.add(List.of(times[k], norms[k]));
        }
        ResultFiles.in(out).table("adjoints", List.of("time", "norm"), table);
        Curves.write(
                out.resolve("adjoints.png"),
                "The adjoint of the last prediction's error",
                new Curves.Axis("time since the window began", Curves.Scale.LINEAR),
                new Curves.Axis("norm of dL/d(state), mean of " + windows + " windows", Curves.Scale.LOGARITHMIC),
                List.of(new Curves.Curve("right after each observation", times, norms)));
    }

    private Result run(Values fed, Map<String, TType> batch, SeriesObjective.Predicted<T> predicted) {
        Session.Runner runner = training.graph().session().runner();
        for (String name : fed.names()) {
            runner.feed(fed.get(name), column(batch, name));
        }
        runner.fetch(predicted.next()).fetch(predicted.passage().outcome());
        Operand<T> forecast = predicted.forecast();
        Solution<T> solution = predicted.solution();
        if (forecast != null && solution != null) {
            runner.fetch(forecast).fetch(solution.outcome());
        }
        return runner.run();
    }

    private static Tensor column(Map<String, TType> batch, String name) {
        return Objects.requireNonNull(batch.get(name), name);
    }

    /** One channel of the first window: the truth, what was predicted from one observation to the next, and the forecast. */
    private void draw(
            Path out, Map<String, TType> batch, double[] next, double[] truth, double[] forecast, double[] later) {
        int channels = plan.test().next().width();
        int length = plan.test().observed().length();
        double[] gaps = Floats.read(column(batch, SeriesObjective.GAPS));
        double[] times = new double[length];
        double time = 0;
        for (int k = 0; k < length; k++) {
            time += gaps[k];
            times[k] = time;
        }
        List<Curves.Curve> curves = new ArrayList<>();
        curves.add(new Curves.Curve("observed", times, channel(truth, channels, length)));
        curves.add(new Curves.Curve(predicted(), times, channel(next, channels, length)));
        int ahead = forecast.length * length / Math.max(1, next.length);
        if (ahead > 0) {
            double[] behind = new double[ahead];
            for (int i = 0; i < ahead; i++) {
                behind[i] = time + i;
            }
            curves.add(new Curves.Curve("to be forecast", behind, channel(later, channels, ahead)));
            curves.add(new Curves.Curve("forecast", behind, channel(forecast, channels, ahead)));
        }
        String name = plan.test().next().series().get(0).channels().get(plan.shown());
        Curves.write(
                out.resolve("prediction.png"),
                "The first window of the test",
                new Curves.Axis("time since the window began", Curves.Scale.LINEAR),
                new Curves.Axis(name, Curves.Scale.LINEAR),
                curves);
    }

    private String predicted() {
        return plan.test().past() == null ? "predicted from the observation before" : "predicted from the input";
    }

    private double[] channel(double[] values, int channels, int length) {
        double[] own = new double[length];
        for (int k = 0; k < length; k++) {
            own[k] = values[k * channels + plan.shown()];
        }
        return own;
    }

    /** A mean square, added up. */
    private static final class Errors {
        private double sum;
        private long count;

        void add(double[] prediction, double[] truth) {
            for (int i = 0; i < truth.length; i++) {
                double difference = prediction[i] - truth[i];
                sum += difference * difference;
            }
            count += truth.length;
        }

        double mean() {
            return sum / count;
        }
    }

    @Override
    public Optional<ServedModel> served() {
        return Optional.of(ServedSeries.of(objective, plan.train(), plan.unit(), plan.batch()));
    }

    /** Times of the forecast among columns; 0 for none. */
    private static int ahead(Map<String, TType> columns) {
        TType behind = columns.get(SeriesObjective.FORECAST);
        return behind == null ? 0 : Math.toIntExact(behind.shape().get(1));
    }

    @Override
    public List<String> headline() {
        return plan.test().forecast() == null ? List.of(NEXT_ERROR) : List.of(NEXT_ERROR, FORECAST_ERROR);
    }

    @Override
    public String explanation() {
        return "mean square errors on the windows of the test; 0 is exact, and 1 is what the mean gives where the data are"
                + " normalised";
    }

    @Override
    public void close() {
        training.close();
        train.values().forEach(TType::close);
        validation.values().forEach(TType::close);
    }
}
