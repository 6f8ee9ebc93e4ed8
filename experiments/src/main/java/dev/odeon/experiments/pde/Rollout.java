package dev.odeon.experiments.pde;

import dev.odeon.datasets.arrow.SolutionFile;
import dev.odeon.datasets.pde.TrajectoryTable;
import dev.odeon.experiments.training.Findings;
import dev.odeon.graph.Floats;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.ode.Solution;
import dev.odeon.plots.HeatMaps;
import dev.odeon.solvers.EstimatedError;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * A long prediction from several unseen states on, compared with the truth.
 *
 * <p>Several, because the mean over one trajectory of a chaotic system is itself a matter of chance.
 *
 * @param data all states
 * @param starts rows to predict from
 * @param intervals between two samples that are predicted
 * @param length of the interval in space
 */
record Rollout(TrajectoryTable data, List<Integer> starts, int intervals, double length) {

    /** From how many states at most. */
    static final int ATMOST = 16;
    /** The entry of the summary that tells the distance from the truth. */
    static final String ERROR = "rolloutRelativeError";

    Rollout {
        starts = List.copyOf(starts);
    }

    /**
     * Predicts with the parameters as they are, writes the predictions and draws truth, prediction and error of the first.
     *
     * @param out folder for {@code rollout.arrow} and {@code rollout.png}
     * @return entries of the summary, and how the prediction went
     */
    <T extends TFloating> Findings run(TrainingGraph<T> graph, PdeObjective<T> objective, Class<T> type, Path out) {
        int points = data.points();
        double[] truth = truth();
        Ops tf = graph.tf();
        Operand<T> start = Floats.constant(
                tf, type, Shape.of(starts.size(), points), Arrays.copyOf(truth, starts.size() * points));
        Solution<T> solution = objective.rollout(tf, start, graph.parameters(), intervals);
        Map<String, Object> entries = new LinkedHashMap<>();
        Session.Runner runner = graph.session()
                .runner()
                .fetch(solution.states())
                .fetch(solution.outcome())
                .fetch(solution.times());
        solution.statistics().largestError().ifPresent(runner::fetch);
        try (Result fetched = runner.run()) {
            Optional<EstimatedError> estimate = solution.statistics()
                    .largestError()
                    .map(largest -> EstimatedError.of(fetched.get(3), fetched.get(0)));
            double[] prediction = Floats.read(fetched.get(0));
            Outcome outcome = Outcome.of(fetched.get(1));
            SolutionFile.of((TType) fetched.get(2), (TType) fetched.get(0))
                    .withMetadata(Map.of("outcome", outcome.name(), "time", "from the start of the prediction"))
                    .write(out.resolve("rollout.arrow"));
            HeatMaps.write(
                    out.resolve("rollout.png"),
                    firstOf(truth),
                    firstOf(prediction),
                    new HeatMaps.Grid(points, length, objective.interval()));
            int reached = reached(prediction);
            double truthEnergy = energy(truth);
            double dataEnergy = dataEnergy();
            RolloutJudgement judgement = new RolloutJudgement(
                    outcome,
                    reached * objective.interval(),
                    intervals * objective.interval(),
                    starts.size(),
                    energy(Arrays.copyOf(prediction, (reached + 1) * starts.size() * points)),
                    truthEnergy,
                    dataEnergy);
            entries.put("rolloutOutcome", outcome.name());
            entries.put("rolloutVerdict", judgement.verdict());
            entries.put("rolloutReached", judgement.reached());
            estimate.ifPresent(error -> entries.put("rolloutEstimatedError", error.relative()));
            entries.put("rolloutIntervals", intervals);
            entries.put("rollouts", starts.size());
            entries.put(ERROR, distance(prediction, truth) / distance(truth, new double[truth.length]));
            entries.put("rolloutEnergy", energy(prediction));
            entries.put("truthEnergy", truthEnergy);
            entries.put("dataEnergy", dataEnergy);
            return new Findings(entries, Optional.of(judgement.prediction(objective.method(), estimate)));
        }
    }

    /** How many intervals all predictions passed before one of them held what is no number. */
    private int reached(double[] prediction) {
        int row = starts.size() * data.points();
        for (int i = 0; i < prediction.length; i++) {
            if (!Double.isFinite(prediction[i])) {
                return Math.max(0, i / row - 1);
            }
        }
        return intervals;
    }

    /** The true states, [intervals + 1, starts, points]. */
    private double[] truth() {
        int points = data.points();
        double[] truth = new double[(intervals + 1) * starts.size() * points];
        for (int i = 0; i < starts.size(); i++) {
            double[] window = data.rows(starts.get(i), intervals + 1);
            for (int k = 0; k <= intervals; k++) {
                System.arraycopy(window, k * points, truth, (k * starts.size() + i) * points, points);
            }
        }
        return truth;
    }

    /** The first trajectory of [intervals + 1, starts, points]. */
    private double[] firstOf(double[] states) {
        int points = data.points();
        double[] own = new double[(intervals + 1) * points];
        for (int k = 0; k <= intervals; k++) {
            System.arraycopy(states, k * starts.size() * points, own, k * points, points);
        }
        return own;
    }

    /** The mean square of all states, one trajectory at a time. */
    private double dataEnergy() {
        double sum = 0;
        for (int row = 0; row < data.rows(); row += data.samples()) {
            sum += energy(data.rows(row, data.samples()));
        }
        return sum / data.count();
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
}
