package dev.odeon.experiments.pde;

import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.graph.Floats;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.training.Evaluation;
import dev.odeon.models.training.Iteration;
import dev.odeon.models.training.Trainable;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingResult;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** A surrogate and its windows, ready to train. */
final class PdeTraining<T extends TFloating> implements ExperimentRun, Trainable {

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
     * @param intervals to predict at the end
     */
    record Plan(Windows windows, int batch, Order order, Draws draws, Schedule schedule, int intervals) {
        Plan {
            int least = Math.min(windows.training().size(), windows.validation().size());
            if (batch > least) {
                throw new IllegalArgumentException("--batch is " + batch + ", but there are only "
                        + windows.training().size() + " training and "
                        + windows.validation().size() + " validation windows: give at most " + least);
            }
            // Not first when everything is trained.
            windows.rolloutStarts(intervals, Rollout.ATMOST);
        }

        Rollout rollout(int points) {
            return new Rollout(windows.rows(), points, windows.rolloutStarts(intervals, Rollout.ATMOST), intervals);
        }
    }

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
    public Trainable training() {
        return this;
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
                plan.draws().shuffle(order, epoch);
            }
            shuffled = order;
            shuffledEpoch = epoch;
        }
        try (TInt32 rows = rows(shuffled, batch);
                TInt32 symmetries = symmetries(epoch, batch)) {
            return graph.train(Map.of(PdeObjective.ROWS, rows, PdeObjective.SYMMETRIES, symmetries), learningRate);
        }
    }

    /** The mean over all validation windows but the last ones, which do not fill a batch. */
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
                if (iteration.verdict() != Outcome.SUCCESS) {
                    return new Evaluation(iteration.verdict(), iteration.loss(), nfe + iteration.nfeForward());
                }
                loss += iteration.loss();
                nfe += iteration.nfeForward();
            }
        }
        return new Evaluation(Outcome.SUCCESS, loss / batches, nfe);
    }

    private TInt32 symmetries(int epoch, int batch) {
        return plan.order() == Order.RANDOM
                ? Symmetry.draw(plan.draws().symmetries(epoch, batch), plan.batch(), points)
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

    @Override
    public Map<String, Object> finish(TrainingResult result, Path out) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("parameters", graph.parameterCount());
        entries.putAll(plan.rollout(points).run(graph, objective, type, out));
        return entries;
    }

    @Override
    public void close() {
        graph.close();
    }
}
