package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Problems;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** A multistep method on an interval that its first steps, taken by a one-step method, already fill. */
class FewStepsTest {

    private static final double[][] START = {{1, Math.cos(1)}};

    static List<Method> methods() {
        return List.of(Methods.SBDF2, Methods.SBDF4, Methods.CNAB2, Methods.AB4, Methods.ABM3, Methods.BDF3);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void anyNumberOfStepsEndsAtTheSolution(Method method) {
        for (int steps = 1; steps <= 4; steps++) {
            double end = 0.05 * steps;
            Solves.End solved =
                    Solves.of(Problems.forced(-1, -3), method, new FixedSteps(0.05), START, SaveAt.end(0, end));
            assertThat(solved.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(solved.state()).containsExactly(new double[] {Math.cos(end), Math.cos(end + 1)}, within(2e-3));
        }
    }

    @Test
    void theGradientIsThatOfTheFirstSteps() {
        try (TestGraph graph = new TestGraph()) {
            Shape shape = Shape.of(1, 2);
            Operand<TFloat64> start =
                    graph.tf().placeholderWithDefault(graph.tf().constant(START), shape);
            Operand<TFloat64> discrete = gradient(graph, start, Methods.SBDF2, Gradient.DISCRETE_ADJOINT);
            Operand<TFloat64> followed = gradient(graph, start, Methods.SBDF2, Gradient.BACKPROPAGATION);
            Operand<TFloat64> oneStep = gradient(graph, start, Methods.IMEX_RK2, Gradient.DISCRETE_ADJOINT);
            try (Result result = graph.session()
                    .runner()
                    .fetch(discrete)
                    .fetch(followed)
                    .fetch(oneStep)
                    .run()) {
                double[] expected = Floats.read(result.get(2));
                assertThat(Floats.read(result.get(0))).containsExactly(expected, within(1e-14));
                assertThat(Floats.read(result.get(1))).containsExactly(expected, within(1e-14));
            }
        }
    }

    @Test
    void theInitialStateIsCheckedOnceWhoeverTakesTheFirstSteps() {
        for (Method method : List.of(Methods.RK4, Methods.SBDF2, Methods.SBDF4, Methods.AB4, Methods.BDF3)) {
            try (TestGraph graph = new TestGraph()) {
                Operand<TFloat64> start =
                        graph.tf().placeholderWithDefault(graph.tf().constant(START), Shape.of(1, 2));
                OdeSolver.of(Problems.<TFloat64>forced(-1, -3), method, new FixedSteps(0.1))
                        .solve(graph.tf(), start, Values.empty(), SaveAt.end(0, 1));
                String name = start.op().name();
                long checks = graph.graph().toGraphDef().getNodeList().stream()
                        .filter(node -> node.getOp().equals("IsFinite")
                                && node.getInput(0).equals(name))
                        .count();
                assertThat(checks).as(method.name()).isEqualTo(1);
            }
        }
    }

    /** The field is no number from the middle of the first step on. */
    @Test
    void ofFirstStepsThatFailedNoneCounts() {
        for (Method method : List.of(Methods.AB2, Methods.AB4, Methods.BDF3)) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat64> start = tf.placeholderWithDefault(tf.constant(START), Shape.of(1, 2));
                Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                                (inner, t, u, theta) ->
                                        inner.math.mul(u, inner.math.sqrt(inner.math.sub(inner.constant(0.05), t))),
                                method,
                                new FixedSteps(0.1))
                        .solve(tf, start, Values.empty(), SaveAt.steps(0, 1, 20));
                try (Result result = graph.quickSession()
                        .runner()
                        .fetch(solution.outcome())
                        .fetch(solution.statistics().accepted())
                        .fetch(solution.count())
                        .fetch(solution.last())
                        .fetch(solution.states())
                        .run()) {
                    assertThat(Outcome.each(result.get(0))).as(method.name()).doesNotContain(Outcome.SUCCESS);
                    assertThat(((TInt32) result.get(1)).getInt())
                            .as(method.name())
                            .isZero();
                    assertThat(((TInt32) result.get(2)).getInt())
                            .as(method.name())
                            .isOne();
                    assertThat(Floats.read(result.get(3))).as(method.name()).containsExactly(START[0]);
                    double[] rows = Floats.read(result.get(4));
                    assertThat(Arrays.copyOf(rows, 2)).containsExactly(START[0]);
                    assertThat(Arrays.copyOfRange(rows, 2, rows.length)).containsOnly(Double.NaN);
                }
            }
        }
    }

    private static Operand<TFloat64> gradient(
            TestGraph graph, Operand<TFloat64> start, Method method, Gradient gradient) {
        Operand<TFloat64> last = OdeSolver.of(Problems.<TFloat64>forced(-1, -3), method, new FixedSteps(0.1))
                .withGradient(gradient)
                .solve(graph.tf(), start, Values.empty(), SaveAt.end(0, 0.1))
                .last();
        Operand<TFloat64> loss =
                graph.tf().math.mean(graph.tf().math.square(last), graph.tf().constant(new int[] {0, 1}));
        return Gradients.of(graph.tf(), loss, Values.of("start", start)).get("start", TFloat64.class);
    }
}
