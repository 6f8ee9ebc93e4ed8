package dev.odeon.experiments.methods;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Evaluations of G in an epoch of training by IMEX methods, forward and backward, as Markdown.
 *
 * <p>They depend on the steps of a window and the windows of an epoch alone, so that a small field serves: both numbers are
 * read from the counters of its forward and its backward loop.
 */
final class TrainingCounts {

    private static final List<Method> METHODS = List.of(
            Methods.IMEX_RK2,
            Methods.IMEX_RK3,
            Methods.IMEX_RK4,
            Methods.IMEX_RK5,
            Methods.SBDF2,
            Methods.CNAB2,
            Methods.MCNAB2,
            Methods.SBDF3,
            Methods.SBDF4);

    /**
     * A training in the papers' settings.
     *
     * @param steps of a window
     * @param iterations of an epoch
     */
    private record Training(String title, int steps, int iterations) {}

    private static final List<Training> TRAININGS = List.of(
            new Training("KS, 1 step", 1, 15),
            new Training("KS, 10 steps", 10, 15),
            new Training("Burgers, 2 steps", 2, 19),
            new Training("Burgers, 10 steps", 10, 18),
            new Training("Cora, 19 steps", 19, 1));

    private TrainingCounts() {}

    /** What one window costs. */
    record Counts(int forward, int backward) {
        String times(int iterations) {
            return iterations * forward + " + " + iterations * backward;
        }
    }

    static String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| method | " + TRAININGS.stream().map(Training::title).collect(Collectors.joining(" | ")) + " |");
        lines.add("|---".repeat(TRAININGS.size() + 1) + "|");
        for (Method method : METHODS) {
            lines.add("| `" + method.name() + "` | "
                    + TRAININGS.stream()
                            .map(training -> of(method, training.steps()).times(training.iterations()))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        return String.join("\n", lines);
    }

    /** Solves a small problem by some steps, differentiates its end, and reads the counters. */
    static Counts of(Method method, int steps) {
        SplitField<TFloat64> field = new SplitField<>(
                (tf, t, u, theta) -> tf.math.tanh(tf.math.mul(u, theta.get("w", TFloat64.class))),
                ScaledIdentity.of(-1));
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat64> start = tf.constant(new double[][] {{1, 0.5}});
            Values theta = Values.of("w", tf.constant(new double[] {0.5, -0.5}));
            Solution<TFloat64> solution = OdeSolver.of(field, method, new FixedSteps(1.0 / steps))
                    .withGradient(Gradient.DISCRETE_ADJOINT)
                    .solve(tf, start, theta, SaveAt.end(0, 1));
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Operand<TFloat64> gradient = Gradients.of(tf, loss, theta).get("w", TFloat64.class);
            Operand<TInt32> backward = solution.backward()
                    .orElseThrow(
                            () -> new IllegalStateException("The gradient of " + method.name() + " does not count"))
                    .nfe();
            try (Session session = Sessions.open(graph);
                    Result result = session.runner()
                            .fetch(solution.statistics().nfe())
                            .fetch(backward)
                            .fetch(gradient)
                            .run()) {
                return new Counts(((TInt32) result.get(0)).getInt(), ((TInt32) result.get(1)).getInt());
            }
        }
    }
}
