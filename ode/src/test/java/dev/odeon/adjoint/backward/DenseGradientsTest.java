package dev.odeon.adjoint.backward;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Fetched;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.PidController.Scope;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Gradients of solutions as functions of time, and of the states at the ends of all steps. */
class DenseGradientsTest {

    private static final double[][] VALUES = {
        {0.4, -0.7, 0.2, 1, 0.1, -0.3}, {0.3, -0.2, 0.5, 0.1, 0.7, -0.4, -0.6, 0.2, 0.1}, {-1, -3, -0.3}
    };
    private static final double[] ASKED = {0.9, 0, 0.13, 0.35, 0.35, 1, 0.61};
    private static final FixedSteps FIXED = new FixedSteps(0.11);
    /** Sizes that do not move with the values. */
    private static final PidController CHOSEN =
            PidController.of(10, 10).withFirst(0.125).within(0, 0.125).withMaxSteps(20);

    private static final PidController OWN = CHOSEN.with(Scope.EACH_SAMPLE);
    private static final Newton TIGHT = Newton.full().withTolerance(1e-13);

    /** A loss with its gradients with respect to the start, a matrix and the diagonal of J, built once and fed. */
    private static final class Differentiated implements AutoCloseable {
        private final TestGraph graph = new TestGraph();
        private final List<Operand<TFloat64>> fed;
        private final List<Operand<?>> fetched = new ArrayList<>();
        private final Session session;

        Differentiated(Method method, StepControl control, Gradient gradient, SaveAt saveAt) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = fed(tf, VALUES[0], 2, 3);
            Operand<TFloat64> matrix = fed(tf, VALUES[1], 3, 3);
            Operand<TFloat64> rates = fed(tf, VALUES[2], 3);
            this.fed = List.of(start, matrix, rates);
            SplitField<TFloat64> field = new SplitField<>(
                    (inner, t, u, theta) -> inner.math.tanh(
                            inner.math.add(inner.linalg.matMul(u, theta.get("w", TFloat64.class)), inner.math.sin(t))),
                    Diagonal.of(rates));
            Solution<TFloat64> solution = OdeSolver.of(field, method, control)
                    .withGradient(gradient)
                    .solve(tf, start, Values.of("w", matrix), saveAt);
            Operand<TFloat64> states = solution.dense()
                    .map(dense -> dense.evaluate(tf, ASKED))
                    // Rows that were not reached are no numbers, and nothing depends on them.
                    .orElseGet(() ->
                            tf.gather(solution.states(), tf.constant(new int[] {0, 2, 3, 5, 7, 8}), tf.constant(0)));
            // The last state besides: both ways go through the same steps.
            Operand<TFloat64> loss = tf.math.add(
                    tf.reduceSum(tf.math.sin(states), tf.constant(new int[] {0, 1, 2})),
                    tf.reduceSum(tf.math.cos(solution.last()), tf.constant(new int[] {0, 1})));
            fetched.add(loss);
            fetched.addAll(Gradients.of(
                            tf, loss, Values.of("0", start).with("1", matrix).with("2", rates))
                    .operands());
            this.session = graph.quickSession();
        }

        /** The loss, and then the gradients. */
        double[][] at(double[][] values) {
            Session.Runner runner = session.runner();
            fetched.forEach(runner::fetch);
            List<TFloat64> tensors = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                Shape shape = fed.get(i).shape();
                tensors.add(Floats.tensor(TFloat64.class, shape, values[i]));
                runner.feed(fed.get(i), tensors.get(i));
            }
            return Fetched.numbers(runner, tensors);
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    private static void requireFiniteDifferences(
            Method method, StepControl control, Gradient gradient, SaveAt saveAt, double tolerance) {
        try (Differentiated loss = new Differentiated(method, control, gradient, saveAt)) {
            double[][] gradients = loss.at(VALUES);
            double h = 1e-5;
            for (int target = 0; target < VALUES.length; target++) {
                for (int i = 0; i < VALUES[target].length; i += 2) {
                    double difference =
                            (loss.at(moved(target, i, h))[0][0] - loss.at(moved(target, i, -h))[0][0]) / (2 * h);
                    assertThat(gradients[1 + target][i])
                            .as("%d, %d", target, i)
                            .isCloseTo(difference, within(tolerance));
                }
            }
        }
    }

    private static double[][] moved(int target, int i, double by) {
        double[][] moved = VALUES.clone();
        moved[target] = VALUES[target].clone();
        moved[target][i] += by;
        return moved;
    }

    private static Gradient revolving(Checkpointing checkpointing) {
        return new DiscreteAdjoint(checkpointing);
    }

    static Stream<Arguments> solves() {
        Gradient all = Gradient.DISCRETE_ADJOINT;
        Gradient online = revolving(Checkpointing.onlineRevolve(2));
        return Stream.of(
                Arguments.of(Methods.TSIT5, FIXED, all),
                Arguments.of(Methods.RK4, FIXED, revolving(Checkpointing.revolve(2))),
                Arguments.of(Methods.IMEX_RK3, FIXED, all),
                Arguments.of(Methods.TRBDF2.with(TIGHT), FIXED, revolving(Checkpointing.revolve(2))),
                Arguments.of(Methods.AB4, FIXED, all),
                Arguments.of(Methods.SBDF2, FIXED, revolving(Checkpointing.revolve(2))),
                Arguments.of(Methods.DOPRI5, CHOSEN, all),
                Arguments.of(Methods.DOPRI5, OWN, online),
                Arguments.of(Methods.IMEX_RK3, CHOSEN, online),
                Arguments.of(Methods.BOGACKI_SHAMPINE3, OWN, all),
                Arguments.of(Methods.KVAERNO3.with(TIGHT), CHOSEN, all));
    }

    @ParameterizedTest
    @MethodSource("solves")
    void solutionsAsFunctionsOfTime(Method method, StepControl control, Gradient gradient) {
        requireFiniteDifferences(method, control, gradient, SaveAt.dense(0, 1, 12), 1e-7);
    }

    static Stream<Arguments> stepsOfTheUser() {
        return Stream.of(
                Arguments.of(Methods.TSIT5, CHOSEN, Gradient.DISCRETE_ADJOINT),
                Arguments.of(Methods.IMEX_RK3, CHOSEN, revolving(Checkpointing.storeStages())),
                Arguments.of(Methods.KVAERNO3.with(TIGHT), CHOSEN, revolving(Checkpointing.onlineRevolve(2))),
                Arguments.of(Methods.DOPRI5, OWN, revolving(Checkpointing.onlineRevolve(2))),
                Arguments.of(Methods.DOPRI5, OWN, new ReversibleAdjoint(0.99)));
    }

    @ParameterizedTest
    @MethodSource("stepsOfTheUser")
    void statesAtTheChosenStepsThemselves(Method method, StepControl control, Gradient gradient) {
        requireFiniteDifferences(method, control, gradient, SaveAt.steps(0, 1, 12), 1e-7);
    }

    @Test
    void chosenStepsOfATightToleranceAgreeWithFiniteDifferences() {
        PidController tight = PidController.of(1e-10, 1e-10).withMaxSteps(500);
        requireFiniteDifferences(Methods.TSIT5, tight, Gradient.DISCRETE_ADJOINT, SaveAt.dense(0, 1, 500), 1e-6);
    }

    /** Samples of their own steps fill rows at their own pace. */
    @Test
    void samplesWithTheirOwnStepsHaveTheGradientsTheyHaveAlone() {
        double[] together = gradients(3, 40);
        assertThat(together[0]).isCloseTo(gradients(3)[0], within(1e-12));
        assertThat(together[1]).isCloseTo(gradients(40)[0], within(1e-12));
    }

    private static double[] gradients(double... starts) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = fed(tf, starts, starts.length, 1);
            PidController control =
                    PidController.of(1e-6, 1e-6).with(Scope.EACH_SAMPLE).withMaxSteps(100);
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.neg(inner.math.square(u)), Methods.DOPRI5, control)
                    .solve(tf, start, Values.empty(), SaveAt.dense(0, 2, 100));
            Operand<TFloat64> states = solution.dense().orElseThrow().evaluate(tf, 0.03, 0.5, 1.7);
            Operand<TFloat64> loss = tf.reduceSum(tf.math.square(states), tf.constant(new int[] {0, 1, 2}));
            return graph.evaluate(Gradients.of(tf, loss, Values.of("u0", start)).get("u0"));
        }
    }

    /** What is asked for beyond the end is no number, and leaves the rest alone where a loss masks it. */
    @Test
    void aMaskedTimeOutsideDoesNotSpoilTheGradient() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = fed(tf, new double[] {0.7}, 1, 1);
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.neg(u), Methods.TSIT5, new FixedSteps(0.05))
                    .solve(tf, start, Values.empty(), SaveAt.dense(0, 1, 20));
            Operand<TFloat64> states =
                    solution.dense().orElseThrow().evaluate(tf, tf.constant(new double[] {0.52, 1.5}));
            Operand<TFloat64> masked = tf.select(tf.math.isNan(states), tf.zerosLike(states), states);
            Operand<TFloat64> loss = tf.reduceSum(masked, tf.constant(new int[] {0, 1, 2}));
            assertThat(graph.evaluate(Gradients.of(tf, loss, Values.of("u0", start))
                            .get("u0"))[0])
                    .isCloseTo(Math.exp(-0.52), within(1e-7));
        }
    }

    @Test
    void otherGradientsOfSolutionsAsFunctionsOfTimeAreRefused() {
        for (Gradient gradient : List.of(new ReversibleAdjoint(), new BacksolveAdjoint(), Gradient.BACKPROPAGATION)) {
            assertThatThrownBy(() -> new Differentiated(Methods.RK4, FIXED, gradient, SaveAt.dense(0, 1, 12)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("functions of time")
                    .hasMessageContaining("DISCRETE_ADJOINT");
        }
        assertThatThrownBy(() -> new Differentiated(
                        Methods.RK4, FIXED, revolving(Checkpointing.storeStages()), SaveAt.dense(0, 1, 12)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no use for stored stages");
        assertThatThrownBy(
                        () -> new Differentiated(Methods.TSIT5, CHOSEN, new BacksolveAdjoint(), SaveAt.steps(0, 1, 12)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at the chosen steps themselves");
    }
}
