package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.models.training.data.BatchWeights;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.SolveFigures;
import dev.odeon.solvers.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What an iteration or an evaluation tells: the names of its tensors in the graph, and how they are read. */
final class Reported {

    static final String LOSS = "loss";
    static final String GOOD = "good";
    static final String WEIGHT = "weight";
    private static final String METRIC = "metric/";
    private static final String SOLVE = "solve/";
    /** Marks a report whose numbers belong to solves, not to samples. */
    private static final String COUNTED = "/counted";

    private static final String OUTCOME = "/outcome";
    private static final String BACKWARD_OUTCOME = "/backward outcome";
    private static final String NFE = "/nfe";
    private static final String BACKWARD = "/backward nfe";

    /** As many rows as no tensor has. */
    private static final int NO_ROWS = -1;

    private Reported() {}

    /** The weight of a batch in means; null where all weigh alike. */
    static <T extends TFloating> @Nullable Operand<T> weight(Ops tf, Score<T> score, Values values) {
        Operand<T> own = score.weight();
        if (own != null) {
            // What is fed cannot be fetched.
            return own.op().type().equals(Placeholder.OP_NAME) ? tf.identity(own) : own;
        }
        return BatchWeights.given(values)
                ? tf.reduceSum(values.get(BatchWeights.NAME, score.loss().type()), tf.constant(0))
                : null;
    }

    /** Those of an evaluation. */
    static <T extends TFloating> Values evaluation(Score<T> score, @Nullable Operand<T> weight) {
        Values values = Values.of(LOSS, score.loss());
        if (weight != null) {
            values = values.with(WEIGHT, weight);
        }
        for (int i = 0; i < score.solves().size(); i++) {
            SolveReport solve = score.solves().get(i);
            String name = name(i, solve.axis());
            values = values.with(name + OUTCOME, solve.outcome()).with(name + NFE, solve.evaluations());
        }
        return values.and(score.metrics().prefixed(METRIC));
    }

    /** Those of a training iteration whose gradients are in the graph. */
    static <T extends TFloating> Values training(Ops tf, Score<T> score, @Nullable Operand<T> weight) {
        Values values = evaluation(score, weight);
        List<Operand<TInt32>> outcomes = new ArrayList<>();
        for (int i = 0; i < score.solves().size(); i++) {
            SolveReport solve = score.solves().get(i);
            outcomes.add(solve.outcome());
            Operand<TInt32> backward = solve.backward().orElse(null);
            if (backward != null) {
                values = values.with(name(i, solve.axis()) + BACKWARD, backward);
            }
            Operand<TInt32> outcome = solve.backwardOutcome().orElse(null);
            if (outcome != null) {
                outcomes.add(outcome);
                values = values.with(name(i, solve.axis()) + BACKWARD_OUTCOME, outcome);
            }
        }
        return values.with(GOOD, Guard.good(tf, score.loss(), outcomes));
    }

    /** Those of all values that are told. */
    static Values told(Values values) {
        Values told = Values.empty();
        for (String name : values.names()) {
            if (told(name)) {
                told = told.with(name, values.get(name));
            }
        }
        return told;
    }

    /**
     * Runs and reads them.
     *
     * @param runner with everything fed
     * @param values of the iteration, of which those that are told are fetched
     * @param batch how many rows there are, of which
     * @param counting so many count: what the others cost is not told
     */
    static Iteration run(Session.Runner runner, Values values, int batch, int counting) {
        Values told = told(values);
        // A run fetches a tensor once only, but a metric may be the loss.
        Map<String, Integer> places = new LinkedHashMap<>();
        for (Operand<?> operand : told.operands()) {
            if (places.putIfAbsent(output(operand), places.size()) == null) {
                runner.fetch(operand);
            }
        }
        try (Result result = runner.run()) {
            Map<String, Told> read = new LinkedHashMap<>();
            for (String name : told.names()) {
                read.put(name, Told.of(result.get(Objects.requireNonNull(places.get(output(told.get(name))), name))));
            }
            return read(read, batch, counting);
        }
    }

    private static String output(Operand<?> operand) {
        return operand.asOutput().op().name() + ":" + operand.asOutput().index();
    }

    private static String name(int solve, SolveReport.Axis axis) {
        return SOLVE + solve + (axis == SolveReport.Axis.COUNTED ? COUNTED : "");
    }

    private static boolean told(String name) {
        return name.equals(LOSS)
                || name.equals(GOOD)
                || name.equals(WEIGHT)
                || name.startsWith(SOLVE)
                || name.startsWith(METRIC);
    }

    /**
     * What an iteration told.
     *
     * @param told by name
     * @param batch how many rows there are, of which
     * @param counting so many count
     */
    static Iteration read(Map<String, Told> told, int batch, int counting) {
        List<SolveFigures> solves = new ArrayList<>();
        for (int i = 0; ; i++) {
            boolean counted = told.containsKey(name(i, SolveReport.Axis.COUNTED) + OUTCOME);
            String solve = name(i, counted ? SolveReport.Axis.COUNTED : SolveReport.Axis.SAMPLES);
            if (!told.containsKey(solve + OUTCOME)) {
                break;
            }
            int rows = counted ? NO_ROWS : batch;
            List<Outcome> outcomes = new ArrayList<>();
            for (String name : List.of(solve + OUTCOME, solve + BACKWARD_OUTCOME)) {
                counting(told.get(name), rows, counting)
                        .mapToObj(code -> Outcome.ofCode((int) code))
                        .forEach(outcomes::add);
            }
            solves.add(new SolveFigures(
                    outcomes,
                    sum(told.get(solve + NFE), rows, counting),
                    sum(told.get(solve + BACKWARD), rows, counting)));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        told.forEach((name, value) -> {
            if (name.startsWith(METRIC)) {
                metrics.put(name.substring(METRIC.length()), value.first());
            }
        });
        double loss = Objects.requireNonNull(told.get(LOSS), LOSS).first();
        Told weight = told.get(WEIGHT);
        Told good = told.get(GOOD);
        boolean succeeded = solves.stream().allMatch(solve -> solve.outcome().successful());
        return new Iteration(
                loss,
                weight == null ? 1 : weight.first(),
                good == null ? succeeded && Double.isFinite(loss) : good.truth(),
                solves,
                metrics);
    }

    /** Those numbers that are told: all, or those of the samples that count; none where there is nothing. */
    private static DoubleStream counting(@Nullable Told told, int batch, int counting) {
        if (told == null) {
            return DoubleStream.empty();
        }
        boolean bySample = told.dimensions() == 1 && told.numbers().length == batch;
        return Arrays.stream(told.numbers()).limit(bySample ? counting : told.numbers().length);
    }

    private static long sum(@Nullable Told counts, int batch, int counting) {
        return counting(counts, batch, counting)
                .mapToLong(count -> (long) count)
                .sum();
    }
}
