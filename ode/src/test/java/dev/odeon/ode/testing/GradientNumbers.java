package dev.odeon.ode.testing;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The gradients of a solve and what it counted, to be compared with those that were found in another way.
 *
 * @param gradients one array for each argument
 * @param reconstructed the initial state as the way back found it; the last state where it finds none
 * @param outcome of the way back; of the solve where the way back cannot fail
 */
public record GradientNumbers(
        List<double[]> gradients,
        double[] reconstructed,
        Outcome outcome,
        int nfe,
        int solves,
        int recomputed,
        int accepted) {

    private static final double[] W = {0.5, -0.3, 0.2, 0.1, 0.4, -0.6, 0.3, 0.2, -0.1};
    private static final double[] B = {0.1, -0.2, 0.3};
    private static final double[] J = {-2, 1, 0.3, 0.5, -3, 0.2, 0.1, 0.4, -1.5};

    /**
     * Of the sum of the sines of all states, with respect to the state [2, 3], the parameters, and J of {@link
     * Problems#trainable}.
     */
    public static <T extends TFloating> GradientNumbers ofTrainable(
            Class<T> type, double[] u0, Method method, StepControl control, Gradient gradient, SaveAt saveAt) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.of("u0", fed(tf, type, u0, 2, 3))
                    .with("w", fed(tf, type, W, 3, 3))
                    .with("b", fed(tf, type, B, 3))
                    .with("j", fed(tf, type, J, 3, 3));
            Values theta = Values.of("w", arguments.get("w")).with("b", arguments.get("b"));
            Solution<T> solution = OdeSolver.of(
                            Problems.trainable(arguments.get("j", type), DenseSolve.INVERSE), method, control)
                    .withGradient(gradient)
                    .solve(tf, arguments.get("u0", type), theta, saveAt);
            Operand<T> loss = tf.reduceSum(tf.math.sin(solution.states()), tf.constant(new int[] {0, 1, 2}));
            return fetched(graph, added(tf, loss, arguments, solution));
        }
    }

    /** Adds the gradients of a loss of a solution to the graph; what {@link #fetched} reads. */
    public static Values added(Ops tf, Operand<? extends TFloating> loss, Values arguments, Solution<?> solution) {
        Values gradients = Gradients.of(tf, loss, arguments).prefixed("d");
        Solution.BackwardStatistics backward = solution.backward().orElseThrow();
        Operand<?> reconstructed =
                solution.reconstructed().isPresent() ? solution.reconstructed().get() : solution.last();
        return gradients
                .with("reconstructed", reconstructed)
                .with("outcome", solution.backwardOutcome().orElse(solution.outcome()))
                .with("nfe", backward.nfe())
                .with("solves", backward.linearSolves())
                .with("recomputed", backward.recomputedSteps())
                .with("accepted", solution.statistics().accepted());
    }

    public static GradientNumbers fetched(TestGraph graph, Values added) {
        Session.Runner runner = graph.quickSession().runner();
        added.operands().forEach(runner::fetch);
        try (Result result = runner.run()) {
            int n = added.size() - 6;
            List<double[]> values = new ArrayList<>();
            for (int i = 0; i <= n; i++) {
                values.add(Floats.read(result.get(i)));
            }
            return new GradientNumbers(
                    values.subList(0, n),
                    values.get(n),
                    Outcome.of(result.get(n + 1)),
                    number(result, n + 2),
                    number(result, n + 3),
                    number(result, n + 4),
                    number(result, n + 5));
        }
    }

    private static int number(Result result, int index) {
        return ((TInt32) result.get(index)).getInt();
    }

    /** The largest difference, in units of the largest number of each gradient. */
    public double distance(GradientNumbers other) {
        double worst = 0;
        for (int k = 0; k < gradients.size(); k++) {
            double scale = 0;
            double difference = 0;
            for (int i = 0; i < gradients.get(k).length; i++) {
                scale = Math.max(scale, Math.abs(other.gradients.get(k)[i]));
                difference = Math.max(
                        difference,
                        Math.abs(gradients.get(k)[i] - other.gradients.get(k)[i]));
            }
            worst = Math.max(worst, difference / scale);
        }
        return worst;
    }

    /** Requires that no number differs by more than a part of the largest number of its gradient. */
    public void assertSameAs(GradientNumbers expected, double relative) {
        for (int k = 0; k < expected.gradients.size(); k++) {
            double[] wanted = expected.gradients.get(k);
            double scale = 0;
            for (double x : wanted) {
                scale = Math.max(scale, Math.abs(x));
            }
            assertThat(scale).isPositive();
            for (int i = 0; i < wanted.length; i++) {
                assertThat(gradients.get(k)[i]).isCloseTo(wanted[i], within(relative * scale));
            }
        }
    }
}
