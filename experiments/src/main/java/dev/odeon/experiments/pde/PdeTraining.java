package dev.odeon.experiments.pde;

import dev.odeon.adjoint.Solution;
import dev.odeon.experiments.plots.HeatMaps;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.graph.Floats;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.training.Evaluation;
import dev.odeon.models.training.Iteration;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingResult;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** A surrogate and its windows, ready to train. */
final class PdeTraining<T extends TFloating> implements ExperimentRun {

    /** In which order an epoch goes through its windows. */
    enum Order {
        /** As they lie, every epoch alike. */
        AS_STORED,
        /** Shuffled anew in every epoch, by its number and the seed, and each window moved and mirrored at random. */
        RANDOM
    }

    /**
     * Everything but the model.
     *
     * @param rollout intervals to predict at the end
     */
    record Plan(Windows windows, int batch, Order order, long seed, Schedule schedule, int rollout) {
        Plan {
            int least = Math.min(windows.training().size(), windows.validation().size());
            if (batch > least) {
                throw new IllegalArgumentException("--batch is " + batch + ", but there are only "
                        + windows.training().size() + " training and "
                        + windows.validation().size() + " validation windows: give at most " + least);
            }
        }
    }

    private static final int ROLLOUTS = 16;

    private final Class<T> type;
    private final int points;
    private final PdeObjective<T> objective;
    private final Plan plan;
    private final TrainingGraph<T> graph;
    private int shuffledEpoch;
    private List<Integer> shuffled = List.of();

    PdeTraining(Class<T> type, int points, PdeObjective<T> objective, Plan plan, TrainingSettings settings) {
        this.type = type;
        this.points = points;
        this.objective = objective;
        this.plan = plan;
        double[] rows = plan.windows().rows();
        try (T states = Floats.tensor(type, Shape.of(rows.length / points, points), rows)) {
            this.graph = new TrainingGraph<>(objective, Map.of(PdeObjective.STATES, states), settings);
        }
    }

    @Override
    public Schedule schedule() {
        return plan.schedule();
    }

    @Override
    public int batches() {
        return plan.windows().training().size() / plan.batch();
    }

    @Override
    public Iteration train(int epoch, int batch, double learningRate) {
        if (shuffledEpoch != epoch) {
            List<Integer> order = new ArrayList<>(plan.windows().training());
            if (plan.order() == Order.RANDOM) {
                Collections.shuffle(order, new Random(31 * plan.seed() + epoch));
            }
            shuffled = order;
            shuffledEpoch = epoch;
        }
        try (TInt32 rows = rows(shuffled, batch);
                TInt32 symmetries = symmetries(epoch, batch)) {
            return graph.train(Map.of(PdeObjective.ROWS, rows, PdeObjective.SYMMETRIES, symmetries), learningRate);
        }
    }

    @Override
    public Evaluation evaluate() {
        List<Integer> windows = plan.windows().validation();
        int batches = windows.size() / plan.batch();
        double loss = 0;
        long nfe = 0;
        for (int batch = 0; batch < batches; batch++) {
            try (TInt32 rows = rows(windows, batch);
                    TInt32 symmetries = Symmetry.identities(plan.batch())) {
                Iteration iteration =
                        graph.evaluate(Map.of(PdeObjective.ROWS, rows, PdeObjective.SYMMETRIES, symmetries));
                loss += iteration.loss();
                nfe += iteration.nfeForward();
            }
        }
        return new Evaluation(loss / batches, nfe);
    }

    private TInt32 symmetries(int epoch, int batch) {
        // A generator of its own for every iteration, so that a resumed run draws the same.
        return plan.order() == Order.RANDOM
                ? Symmetry.draw(new Random(Objects.hash(plan.seed(), epoch, batch)), plan.batch(), points)
                : Symmetry.identities(plan.batch());
    }

    private TInt32 rows(List<Integer> windows, int batch) {
        int[] rows = windows.subList(batch * plan.batch(), (batch + 1) * plan.batch()).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return TInt32.vectorOf(rows);
    }

    @Override
    public void save(Path prefix) {
        graph.save(prefix);
    }

    @Override
    public void restore(Path prefix) {
        graph.restore(prefix);
    }

    /**
     * Predicts from several unseen states on, and draws truth, prediction and error of the first.
     *
     * <p>Several, because the mean over one trajectory of a chaotic system is itself a matter of chance.
     */
    @Override
    public Map<String, Object> finish(TrainingResult result, Path out) {
        List<Integer> starts = plan.windows().rolloutStarts(plan.rollout(), ROLLOUTS);
        int intervals = plan.rollout();
        double[] first = new double[starts.size() * points];
        double[] truth = new double[(intervals + 1) * first.length];
        for (int i = 0; i < starts.size(); i++) {
            for (int k = 0; k <= intervals; k++) {
                int row = (starts.get(i) + k) * points;
                System.arraycopy(plan.windows().rows(), row, truth, (k * starts.size() + i) * points, points);
            }
        }
        System.arraycopy(truth, 0, first, 0, first.length);
        Ops tf = graph.tf();
        Operand<T> start = Floats.constant(tf, type, Shape.of(starts.size(), points), first);
        Solution<T> solution = objective.rollout(tf, start, graph.parameters(), intervals);
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("parameters", graph.parameterCount());
        try (Result fetched = graph.session()
                .runner()
                .fetch(solution.states())
                .fetch(solution.outcome())
                .run()) {
            double[] prediction = Floats.read(fetched.get(0));
            Outcome outcome = Outcome.ofCode(((TInt32) fetched.get(1)).getInt());
            HeatMaps.write(
                    out.resolve("rollout.png"),
                    firstOf(truth, starts.size()),
                    firstOf(prediction, starts.size()),
                    points,
                    objective.interval());
            entries.put("rolloutOutcome", outcome.name());
            entries.put("rolloutIntervals", intervals);
            entries.put("rollouts", starts.size());
            entries.put(
                    "rolloutRelativeError", distance(prediction, truth) / distance(truth, new double[truth.length]));
            entries.put("rolloutEnergy", energy(prediction));
            entries.put("truthEnergy", energy(truth));
            entries.put("dataEnergy", energy(plan.windows().rows()));
        }
        return entries;
    }

    /** The first trajectory of [intervals + 1, count, points]. */
    private double[] firstOf(double[] states, int count) {
        int times = states.length / (count * points);
        double[] own = new double[times * points];
        for (int k = 0; k < times; k++) {
            System.arraycopy(states, k * count * points, own, k * points, points);
        }
        return own;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    /** The mean square of the state. */
    private static double energy(double[] values) {
        return Arrays.stream(values).map(x -> x * x).average().orElse(Double.NaN);
    }

    @Override
    public void close() {
        graph.close();
    }
}
