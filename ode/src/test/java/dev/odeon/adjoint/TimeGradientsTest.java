package dev.odeon.adjoint;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** The gradient with respect to the times of the samples. */
class TimeGradientsTest {

    /** Forward, forward with a repeated end, in reverse, and standing still. */
    private static final double[] TIMES = {0, 0.3, 1, 1.5, 0.2, 0.9, 1.1, 1.1, 2, 1.2, 1, 0.4, 0.7, 0.7, 0.7, 0.7};

    private static final double[] U0 = {0.4, -0.7, 0.2, 1, 0.1, -0.3, 0.5, 0.6, -0.4, 0.3, 0.2, 0.9};
    private static final StepsPerInterval STEPS = new StepsPerInterval(2);
    /**
     * Fractions of the interval that do not move with the inputs, and at which no time lies: from one step to the next the
     * second derivative of dense output jumps.
     */
    private static final PidController CHOSEN =
            PidController.of(10, 10).withFirst(0.14).within(0, 0.14).withMaxSteps(20);

    private static final PidController OWN = CHOSEN.with(PidController.Scope.EACH_SAMPLE);
    private static final Newton TIGHT = Newton.full().withTolerance(1e-13);

    private static final LinearOperator<TFloat64> RATES = Diagonal.of(-1, -2, -0.3);
    private static final LinearOperator<TFloat64> MILD = Diagonal.of(-0.5, -0.2, 0);
    private static final LinearOperator<TFloat64> RING = Circulant.stencil(3, 0.3, -0.8, 0.4);

    static Stream<Arguments> solves() {
        return Stream.of(
                Arguments.of(Methods.RK4, STEPS, Gradient.DISCRETE_ADJOINT, RATES),
                Arguments.of(Methods.IMEX_RK3, STEPS, Gradient.DISCRETE_ADJOINT, RATES),
                Arguments.of(Methods.IMEX_RK4, STEPS, Gradient.DISCRETE_ADJOINT, RING),
                Arguments.of(Methods.GAUSS4.with(TIGHT), STEPS, Gradient.DISCRETE_ADJOINT, RATES),
                Arguments.of(Methods.IMEX_RK3, STEPS, new DiscreteAdjoint(Checkpointing.revolve(2)), RATES),
                Arguments.of(Methods.IMEX_RK3, STEPS, new ReversibleAdjoint(0.9), MILD),
                Arguments.of(Methods.RK4, STEPS, Gradient.BACKPROPAGATION, RATES),
                Arguments.of(Methods.IMEX_RK3, STEPS, Gradient.BACKPROPAGATION, RATES),
                Arguments.of(Methods.IMEX_RK3, STEPS, Gradient.BACKPROPAGATION, RING),
                Arguments.of(Methods.TSIT5, CHOSEN, Gradient.DISCRETE_ADJOINT, RATES),
                Arguments.of(Methods.IMEX_RK4, CHOSEN, Gradient.DISCRETE_ADJOINT, RING),
                Arguments.of(Methods.KVAERNO3.with(TIGHT), CHOSEN, Gradient.DISCRETE_ADJOINT, RATES),
                Arguments.of(Methods.DOPRI5, OWN, new DiscreteAdjoint(Checkpointing.onlineRevolve(2)), RATES),
                Arguments.of(Methods.TSIT5, CHOSEN, new DiscreteAdjoint(Checkpointing.onlineRevolve(2)), RATES),
                Arguments.of(Methods.IMEX_RK3, CHOSEN, new ReversibleAdjoint(0.9), MILD));
    }

    /** u' = tanh(u + sin t) + J u. */
    private static SplitField<TFloat64> field(LinearOperator<TFloat64> linear) {
        return new SplitField<>((tf, t, u, theta) -> tf.math.tanh(tf.math.add(u, tf.math.sin(t))), linear);
    }

    static Stream<Arguments> resting() {
        return Stream.of(
                Arguments.of(Methods.RK4, STEPS, RATES),
                Arguments.of(Methods.TSIT5, CHOSEN, RATES),
                Arguments.of(Methods.IMEX_RK4, CHOSEN, RING),
                Arguments.of(Methods.DOPRI5, OWN, RATES));
    }

    /** d u(t_k) / d t_k = f and d u(t_k) / d t_0 = -f, also where all times are the same, beside a sample where they are not. */
    @ParameterizedTest
    @MethodSource("resting")
    void samplesThatStandStillHaveItToo(Method method, StepControl control, LinearOperator<TFloat64> linear) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> times = fed(tf, new double[] {0.7, 0.7, 0.7, 0, 0.3, 1}, 2, 3);
            Operand<TFloat64> u0 = fed(tf, Arrays.copyOf(U0, 6), 2, 3);
            Solution<TFloat64> solution = OdeSolver.of(field(linear), method, control)
                    .solve(tf, u0, Values.empty(), SampleTimes.of(times).trained());
            Operand<TFloat64> rates = tf.math.add(
                    tf.math.tanh(tf.math.add(u0, tf.constant(Math.sin(0.7)))),
                    linear.apply(tf, linear.data(tf, TFloat64.class), u0));
            double[] rate = TestGraph.evaluate(graph.quickSession(), rates);
            for (int k = 1; k < 3; k++) {
                Operand<TFloat64> row = tf.gather(solution.states(), tf.constant(k), tf.constant(0));
                Operand<TFloat64> loss = tf.reduceSum(row, tf.constant(new int[] {0, 1}));
                double[] slope = TestGraph.evaluate(
                        graph.quickSession(),
                        Gradients.of(tf, loss, Values.of("times", times)).get("times"));
                double sum = rate[0] + rate[1] + rate[2];
                assertThat(slope[0]).isCloseTo(-sum, within(1e-12));
                assertThat(slope[k]).isCloseTo(sum, within(1e-12));
                assertThat(slope[3 - k]).isCloseTo(0, within(1e-12));
                assertThat(slope[3 + k]).isFinite().isNotZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("solves")
    void itIsThatOfFiniteDifferences(
            Method method, StepControl control, Gradient gradient, LinearOperator<TFloat64> linear) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> times = fed(tf, TIMES, 4, 4);
            boolean ends = control instanceof PidController && gradient instanceof ReversibleAdjoint;
            SaveAt.Kept kept = ends ? SaveAt.Kept.END : SaveAt.Kept.ALL;
            Solution<TFloat64> solution = OdeSolver.of(field(linear), method, control)
                    .withGradient(gradient)
                    .solve(
                            tf,
                            fed(tf, U0, 4, 3),
                            Values.empty(),
                            new SampleTimes<>(times, kept, SampleTimes.Role.TRAINED));
            // Other weights for every state.
            Operand<TFloat64> weighted = tf.math.mul(tf.math.sin(solution.states()), tf.constant(new double[][][] {
                {{1, 2, -1}, {-2, 1, 3}, {2, -1, 1}, {1, 1, 2}}
            }));
            Operand<TFloat64> loss = tf.reduceSum(weighted, tf.constant(new int[] {0, 1, 2}));
            Operand<?> slope = Gradients.of(tf, loss, Values.of("times", times)).get("times");
            // Always the same fetches, which start slowly but once.
            List<Operand<?>> fetched = List.of(slope, loss);
            Session session = graph.quickSession();
            double[] found = at(session, times, fetched, TIMES)[0];
            assertThat(found).hasSize(TIMES.length);
            // One direction for each sample: where it stands still, and where its times repeat, all move together.
            for (int b = 0; b < 4; b++) {
                double[] direction = new double[TIMES.length];
                double[] random = new Random(b).doubles(4, 0.5, 1).toArray();
                double along = 0;
                for (int k = 0; k < 4; k++) {
                    boolean repeats = b == 3 || (b == 1 && k == 3);
                    direction[4 * b + k] = repeats ? direction[4 * b + Math.max(0, k - 1)] : random[k];
                    if (b == 3 && k == 0) {
                        direction[4 * b] = random[0];
                    }
                    along += direction[4 * b + k] * found[4 * b + k];
                }
                double difference = (8
                                        * (lossAlong(session, times, fetched, direction, 1e-3)
                                                - lossAlong(session, times, fetched, direction, -1e-3))
                                - (lossAlong(session, times, fetched, direction, 2e-3)
                                        - lossAlong(session, times, fetched, direction, -2e-3)))
                        / 12e-3;
                assertThat(along)
                        .as("sample %d", b)
                        .isCloseTo(difference, within(1e-8 * Math.max(1, Math.abs(difference))));
            }
            assertThat(Arrays.stream(found).map(Math::abs).max().orElseThrow()).isGreaterThan(0.1);
        }
    }

    private static double lossAlong(
            Session session, Operand<TFloat64> times, List<Operand<?>> fetched, double[] direction, double step) {
        double[] moved = TIMES.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        return at(session, times, fetched, moved)[1][0];
    }

    private static double[][] at(Session session, Operand<TFloat64> times, List<Operand<?>> fetched, double[] values) {
        Session.Runner runner = session.runner();
        fetched.forEach(runner::fetch);
        try (TFloat64 fed = Floats.tensor(TFloat64.class, times.shape(), values);
                Result result = runner.feed(times, fed).run()) {
            return new double[][] {Floats.read(result.get(0)), Floats.read(result.get(1))};
        }
    }

    /** A flow whose end is a parameter: d u(t1) / d t1 = f(t1, u(t1)). */
    @Test
    void allSamplesMayShareATrainedEnd() {
        for (StepControl control :
                List.of(new StepsPerInterval(40), PidController.of(1e-9, 1e-9).withMaxSteps(500))) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat64> end = fed(tf, new double[] {1.2});
                Operand<TFloat64> both = tf.stack(List.of(tf.constant(0.2), end));
                Operand<TFloat64> times = tf.broadcastTo(both, tf.constant(new int[] {4, 2}));
                Solution<TFloat64> solution = OdeSolver.of(field(MILD), Methods.TSIT5, control)
                        .solve(
                                tf,
                                fed(tf, U0, 4, 3),
                                Values.empty(),
                                SampleTimes.end(times).trained());
                Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
                Operand<?> slope = Gradients.of(tf, loss, Values.of("t1", end)).get("t1");
                Operand<TFloat64> rate = tf.math.add(
                        tf.math.tanh(tf.math.add(solution.last(), tf.math.sin(end))),
                        tf.math.mul(solution.last(), tf.constant(new double[] {-0.5, -0.2, 0})));
                Operand<TFloat64> expected = tf.reduceSum(rate, tf.constant(new int[] {0, 1}));
                Session session = graph.quickSession();
                assertThat(TestGraph.evaluate(session, slope)[0])
                        .isCloseTo(TestGraph.evaluate(session, expected)[0], within(1e-6));
            }
        }
    }
}
