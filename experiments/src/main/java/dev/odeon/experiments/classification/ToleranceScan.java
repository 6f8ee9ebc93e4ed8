package dev.odeon.experiments.classification;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.Settings;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.ode.Solution;
import dev.odeon.plots.Curves;
import dev.odeon.plots.Curves.Axis;
import dev.odeon.plots.Curves.Curve;
import dev.odeon.plots.Curves.Scale;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What the trained model costs at other tolerances: evaluations forward, and backward by two gradients.
 *
 * <p>The discrete adjoint evaluates again what the accepted steps have evaluated, so that its count is forward's without the
 * rejected ones. The adjoint equation, which the papers solve, chooses steps of its own for the way back.
 *
 * @param tolerances absolute and relative, one after another
 */
@SuppressWarnings("ArrayRecordComponent") // Settings of one run, which nobody else holds.
record ToleranceScan(double[] tolerances) {

    private static final String OPTION = "tolerances";
    private static final String NONE = "none";

    /** The option. */
    static ExperimentOption option(String standard) {
        return ExperimentOption.of(
                OPTION,
                "Tolerances at which the evaluations of the trained model are counted at the end, or " + NONE,
                DefaultValue.of(standard));
    }

    /**
     * What the settings say.
     *
     * @throws IllegalArgumentException if one is no positive number
     */
    static ToleranceScan of(Settings settings) {
        String text = settings.text(OPTION);
        if (text.equals(NONE)) {
            return new ToleranceScan(new double[0]);
        }
        try {
            double[] tolerances = Arrays.stream(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (Arrays.stream(tolerances).allMatch(each -> each > 0 && each < 1)) {
                return new ToleranceScan(tolerances);
            }
        } catch (NumberFormatException e) {
            // Refused below, as the others are.
        }
        throw settings.bad(OPTION, "give numbers between 0 and 1 with commas between them, or " + NONE);
    }

    /** What a solve and its gradient cost. */
    private record Count(Outcome outcome, int forward, int backward) {}

    /**
     * Counts on one batch, writes tolerances.csv and draws tolerances.png.
     *
     * @param rows the batch
     */
    <T extends TFloating> void run(
            TrainingGraph<T> graph, ClassifierObjective<T> objective, LabelledRows.InGraph rows, Path out) {
        if (tolerances.length == 0 || !objective.solving().chosen()) {
            return;
        }
        List<List<?>> table = new ArrayList<>();
        double[][] counts = new double[3][tolerances.length];
        for (int i = 0; i < tolerances.length; i++) {
            Count discrete = count(
                    graph, objective, rows, tolerances[i], objective.solving().gradient());
            Count backsolve = count(graph, objective, rows, tolerances[i], new BacksolveAdjoint());
            counts[0][i] = discrete.forward();
            counts[1][i] = discrete.backward();
            counts[2][i] = backsolve.backward();
            table.add(List.of(
                    tolerances[i],
                    discrete.forward(),
                    discrete.backward(),
                    backsolve.backward(),
                    discrete.outcome(),
                    backsolve.outcome()));
        }
        ResultFiles.in(out)
                .table(
                        OPTION,
                        List.of(
                                "tolerance",
                                "nfeForward",
                                "nfeBackward",
                                "nfeBackwardBacksolve",
                                "outcome",
                                "outcomeBacksolve"),
                        table);
        Curves.write(
                out.resolve(OPTION + ".png"),
                "Evaluations of the trained model",
                new Axis("tolerance", Scale.LOGARITHMIC),
                new Axis("evaluations", Scale.LOGARITHMIC),
                List.of(
                        new Curve("forward", tolerances, counts[0]),
                        new Curve("backward, as trained", tolerances, counts[1]),
                        new Curve("backward, adjoint equation", tolerances, counts[2])));
    }

    private static <T extends TFloating> Count count(
            TrainingGraph<T> graph,
            ClassifierObjective<T> objective,
            LabelledRows.InGraph rows,
            double tolerance,
            Gradient gradient) {
        Ops tf = graph.tf();
        Values parameters = graph.parameters();
        ClassifierObjective.Answer<T> answer = objective.answer(
                tf,
                rows.features(),
                parameters,
                objective.solving().withTolerance(tolerance).withGradient(gradient));
        Operand<T> loss = tf.math.mean(objective.readout().loss(tf, answer.outputs(), rows.labels()), tf.constant(0));
        Values gradients = Gradients.of(tf, loss, parameters);
        Solution<T> solution = answer.solution();
        Session.Runner runner = graph.session()
                .runner()
                .fetch(solution.outcome())
                .fetch(solution.statistics().nfe());
        solution.backward().ifPresent(backward -> runner.fetch(backward.nfe()));
        gradients.names().forEach(name -> runner.addTarget(gradients.get(name)));
        try (Result result = runner.run()) {
            int forward = ((TInt32) result.get(1)).getInt();
            return new Count(
                    Outcome.of(result.get(0)),
                    forward,
                    solution.backward().isPresent() ? ((TInt32) result.get(2)).getInt() : forward);
        }
    }
}
