package dev.odeon.solvers.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import dev.odeon.ode.testing.Problems;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.PidController.Scope;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

class SampleTimesTest {

    /** Forward, forward with a repeated end, in reverse, and standing still. */
    private static final double[][] TIMES = {
        {0, 0.3, 1, 1.5}, {0.2, 0.9, 1.1, 1.1}, {2, 1.2, 1, 0.4}, {0.7, 0.7, 0.7, 0.7}
    };

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static <T extends TFloating> Operand<T> fed(Ops tf, Class<T> type, double[][] rows) {
        Shape shape = Shape.of(rows.length, rows[0].length);
        return tf.placeholderWithDefault(Floats.constant(tf, type, shape, flat(rows)), shape);
    }

    /** u_k = cos(t + k) at the start of every sample. */
    private static double[][] starts(double[][] times) {
        double[][] starts = new double[times.length][3];
        for (int b = 0; b < times.length; b++) {
            for (int k = 0; k < 3; k++) {
                starts[b][k] = Math.cos(times[b][0] + k);
            }
        }
        return starts;
    }

    /** The largest error of u_k = cos(t + k) at all times of all samples. */
    private static <T extends TFloating> double error(
            Class<T> type, Method method, StepControl control, double[][] times) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Solution<T> solution = OdeSolver.of(Problems.<T>forced(-0.5, -1, -0.2), method, control)
                    .withGradient(Gradient.NONE)
                    .solve(tf, fed(tf, type, starts(times)), Values.empty(), SampleTimes.of(fed(tf, type, times)));
            double[] states = graph.evaluate(solution.states());
            double[] at = graph.evaluate(solution.times());
            double largest = 0;
            for (int j = 0; j < times[0].length; j++) {
                for (int b = 0; b < times.length; b++) {
                    assertThat(at[j * times.length + b]).isCloseTo(times[b][j], within(1e-6));
                    for (int k = 0; k < 3; k++) {
                        double u = states[(j * times.length + b) * 3 + k];
                        assertThat(u).isNotNaN();
                        largest = Math.max(largest, Math.abs(u - Math.cos(times[b][j] + k)));
                    }
                }
            }
            return largest;
        }
    }

    static List<Method> methodsOfFixedSteps() {
        return List.of(Methods.RK4, Methods.DOPRI5, Methods.IMEX_RK4, Methods.GAUSS4);
    }

    @ParameterizedTest
    @MethodSource("methodsOfFixedSteps")
    void stepsPerIntervalConvergeAtTheTimesOfEverySample(Method method) {
        double coarse = error(TFloat64.class, method, new StepsPerInterval(4), TIMES);
        double fine = error(TFloat64.class, method, new StepsPerInterval(8), TIMES);
        assertThat(fine).isLessThan(1e-5);
        assertThat(Math.log(coarse / fine) / Math.log(2)).isGreaterThan(method.order() - 0.4);
    }

    static List<Method> methodsOfChosenSteps() {
        return List.of(Methods.TSIT5, Methods.IMEX_RK4, Methods.KVAERNO5);
    }

    @ParameterizedTest
    @MethodSource("methodsOfChosenSteps")
    void chosenStepsKeepTheTimesOfEverySample(Method method) {
        assertThat(error(TFloat64.class, method, PidController.of(1e-7, 1e-7), TIMES))
                .isLessThan(1e-5);
    }

    @Test
    void samplesWithTheirOwnStepsKeepTheirOwnTimes() {
        PidController control = PidController.of(1e-7, 1e-7).with(Scope.EACH_SAMPLE);
        assertThat(error(TFloat64.class, Methods.DOPRI5, control, TIMES)).isLessThan(1e-5);
    }

    @Test
    void singlePrecisionKeepsTheTimesOfEverySample() {
        assertThat(error(TFloat32.class, Methods.IMEX_RK4, new StepsPerInterval(5), TIMES))
                .isLessThan(1e-4);
        assertThat(error(TFloat32.class, Methods.TSIT5, PidController.of(1e-5, 1e-5), TIMES))
                .isLessThan(1e-3);
    }

    private static LinearOperator<TFloat64> operator(String name) {
        return switch (name) {
            case "identity" -> ScaledIdentity.of(-30);
            case "diagonal" -> Diagonal.of(-1, -50, -3, -200, -7, 0, -2, -9);
            default -> Circulant.stencil(8, 40, -80, 40);
        };
    }

    /** u' = sin(t) u - u^3 + J u on eight components. */
    private static SplitField<TFloat64> stiff(String operator) {
        VectorField<TFloat64> nonlinear =
                (tf, t, u, theta) -> tf.math.sub(tf.math.mul(u, tf.math.sin(t)), tf.math.mul(u, tf.math.square(u)));
        return new SplitField<>(nonlinear, operator(operator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "diagonal", "circulant"})
    void aBatchEqualsItsSamplesSolvedOneByOne(String operator) {
        double[][] starts = {{1, 0, -0.5, 2, 0.3, -1, 0.8, 0.1}, {0.2, 1, 0.4, -1, -2, 0, 0.5, 1.5}};
        double[][] times = {TIMES[0], {0.2, 0.9, 1.1, 1.9}};
        StepsPerInterval steps = new StepsPerInterval(3);
        double[] together;
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            together = graph.evaluate(OdeSolver.of(stiff(operator), Methods.IMEX_RK3, steps)
                    .withGradient(Gradient.NONE)
                    .solve(
                            tf,
                            fed(tf, TFloat64.class, starts),
                            Values.empty(),
                            SampleTimes.of(fed(tf, TFloat64.class, times)))
                    .states());
        }
        for (int b = 0; b < 2; b++) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                double[] alone = graph.evaluate(OdeSolver.of(stiff(operator), Methods.IMEX_RK3, steps)
                        .withGradient(Gradient.NONE)
                        .solve(
                                tf,
                                fed(tf, TFloat64.class, new double[][] {starts[b]}),
                                Values.empty(),
                                SaveAt.times(times[b]))
                        .states());
                for (int j = 0; j < 4; j++) {
                    for (int k = 0; k < 8; k++) {
                        assertThat(together[(2 * j + b) * 8 + k]).isCloseTo(alone[8 * j + k], within(1e-12));
                    }
                }
            }
        }
    }

    @Test
    void everyRunOfTheGraphMayHaveOtherTimes() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = fed(tf, TFloat64.class, starts(TIMES));
            Operand<TFloat64> times = fed(tf, TFloat64.class, TIMES);
            Solution<TFloat64> solution = OdeSolver.of(
                            Problems.<TFloat64>forced(-0.5, -1, -0.2), Methods.RK4, new StepsPerInterval(8))
                    .withGradient(Gradient.NONE)
                    .solve(tf, start, Values.empty(), SampleTimes.of(times));
            double[][] others = {{1, 1.1, 1.7, 2}, {0, 0.01, 0.02, 0.8}, {-1, 0, 0.4, 0.4}, {3, 2.9, 2.5, 2}};
            Shape shape = Shape.of(4, 4);
            try (TFloat64 fedTimes = Floats.tensor(TFloat64.class, shape, flat(others));
                    TFloat64 fedStart = Floats.tensor(TFloat64.class, Shape.of(4, 3), flat(starts(others)));
                    Result result = graph.session()
                            .runner()
                            .feed(times, fedTimes)
                            .feed(start, fedStart)
                            .fetch(solution.states())
                            .run()) {
                double[] states = Floats.read(result.get(0));
                for (int j = 0; j < 4; j++) {
                    for (int b = 0; b < 4; b++) {
                        assertThat(states[(4 * j + b) * 3]).isCloseTo(Math.cos(others[b][j]), within(1e-4));
                    }
                }
            }
        }
    }

    @Test
    void aRepeatedTimeRepeatsTheStateToTheBit() {
        requireRepeated(new StepsPerInterval(3), Gradient.NONE);
        requireRepeated(PidController.of(1e-6, 1e-6), Gradient.NONE);
        requireRepeated(new StepsPerInterval(3), new ReversibleAdjoint(0.5));
    }

    private static void requireRepeated(StepControl control, Gradient gradient) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            double[] states =
                    graph.evaluate(OdeSolver.of(Problems.<TFloat64>forced(-0.5, -1, -0.2), Methods.IMEX_RK4, control)
                            .withGradient(gradient)
                            .solve(
                                    tf,
                                    fed(tf, TFloat64.class, starts(TIMES)),
                                    Values.empty(),
                                    SampleTimes.of(fed(tf, TFloat64.class, TIMES)))
                            .states());
            for (int k = 0; k < 3; k++) {
                assertThat(states[(3 * 4 + 1) * 3 + k]).isEqualTo(states[(2 * 4 + 1) * 3 + k]);
                assertThat(states[(3 * 4 + 3) * 3 + k]).isEqualTo(Math.cos(0.7 + k));
            }
        }
    }

    /** A loss with its gradients with respect to the start, a matrix and the diagonal of J, built once and fed. */
    private static final class Differentiated implements AutoCloseable {
        private final TestGraph graph = new TestGraph();
        private final List<Operand<TFloat64>> fed;
        private final Operand<TFloat64> loss;
        private final Values gradients;
        private final Session session;

        Differentiated(Method method, StepControl control, Gradient gradient, SaveAt.Kept kept) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = fed(tf, TFloat64.class, new double[2][3]);
            Operand<TFloat64> matrix = fed(tf, TFloat64.class, new double[3][3]);
            Operand<TFloat64> rates = fed(tf, TFloat64.class, new double[1][3]);
            this.fed = List.of(start, matrix, rates);
            SplitField<TFloat64> field = new SplitField<>(
                    (inner, t, u, theta) -> inner.math.tanh(
                            inner.math.add(inner.linalg.matMul(u, theta.get("w", TFloat64.class)), inner.math.sin(t))),
                    Diagonal.of(tf.reshape(rates, tf.constant(new int[] {3}))));
            Operand<TFloat64> times = fed(tf, TFloat64.class, new double[][] {TIMES[0], TIMES[1]});
            Solution<TFloat64> solution = OdeSolver.of(field, method, control)
                    .withGradient(gradient)
                    .solve(tf, start, Values.of("w", matrix), new SampleTimes<>(times, kept, SampleTimes.Role.DATA));
            this.loss = tf.reduceSum(tf.math.sin(solution.states()), tf.constant(new int[] {0, 1, 2}));
            this.gradients = Gradients.of(
                    tf, loss, Values.of("0", start).with("1", matrix).with("2", rates));
            this.session = graph.quickSession();
        }

        /** The loss, and then the gradients. */
        double[][] at(double[][] values) {
            Session.Runner runner = session.runner().fetch(loss);
            List<TFloat64> tensors = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                tensors.add(Floats.tensor(TFloat64.class, Shape.of(values[i].length / 3, 3), values[i]));
                runner.feed(fed.get(i), tensors.get(i)).fetch(gradients.get("" + i));
            }
            return Fetched.numbers(runner, tensors);
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    private static double[][] values() {
        return new double[][] {
            {0.4, -0.7, 0.2, 1, 0.1, -0.3}, {0.3, -0.2, 0.5, 0.1, 0.7, -0.4, -0.6, 0.2, 0.1}, {-1, -12, -0.3}
        };
    }

    private static void requireFiniteDifferences(Differentiated loss, double tolerance) {
        requireFiniteDifferences(loss, values(), tolerance);
    }

    private static double[][] copy(double[][] values) {
        return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    }

    private static void requireFiniteDifferences(Differentiated loss, double[][] values, double tolerance) {
        double[][] gradients = loss.at(values);
        double h = 1e-5;
        for (int target = 0; target < 3; target++) {
            for (int i = 0; i < values[target].length; i++) {
                double[][] up = copy(values);
                double[][] down = copy(values);
                up[target][i] += h;
                down[target][i] -= h;
                double difference = (loss.at(up)[0][0] - loss.at(down)[0][0]) / (2 * h);
                assertThat(gradients[1 + target][i])
                        .isCloseTo(difference, within(tolerance * Math.max(1, Math.abs(difference))));
            }
        }
    }

    static List<Method> differentiableMethods() {
        return List.of(Methods.RK4, Methods.IMEX_RK3);
    }

    @ParameterizedTest
    @MethodSource("differentiableMethods")
    void theAdjointOfStepsPerIntervalEqualsFiniteDifferencesAndBackpropagation(Method method) {
        StepsPerInterval steps = new StepsPerInterval(2);
        try (Differentiated adjoint = new Differentiated(method, steps, Gradient.DISCRETE_ADJOINT, SaveAt.Kept.ALL);
                Differentiated unrolled =
                        new Differentiated(method, steps, Gradient.BACKPROPAGATION, SaveAt.Kept.ALL)) {
            requireFiniteDifferences(adjoint, 1e-7);
            double[][] found = adjoint.at(values());
            double[][] expected = unrolled.at(values());
            for (int i = 0; i < 4; i++) {
                assertThat(found[i]).containsExactly(expected[i], within(1e-12));
            }
        }
    }

    @Test
    void checkpointsAndReversalGoThroughTheIntervalsAsWell() {
        StepsPerInterval steps = new StepsPerInterval(4);
        try (Differentiated stored =
                        new Differentiated(Methods.RK4, steps, Gradient.DISCRETE_ADJOINT, SaveAt.Kept.ALL);
                Differentiated revolved = new Differentiated(
                        Methods.RK4, steps, new DiscreteAdjoint(Checkpointing.revolve(3)), SaveAt.Kept.ALL);
                Differentiated reversed =
                        new Differentiated(Methods.RK4, steps, new ReversibleAdjoint(), SaveAt.Kept.ALL)) {
            double[][] expected = stored.at(values());
            double[][] found = revolved.at(values());
            for (int i = 0; i < 4; i++) {
                assertThat(found[i]).containsExactly(expected[i], within(1e-12));
            }
            // Its own discretisation of the same solve; going back it amplifies rounding where the field is stiff.
            double[][] mild = values();
            mild[2] = new double[] {-1, -0.6, -0.3};
            requireFiniteDifferences(reversed, mild, 1e-7);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"END", "ALL"})
    void theAdjointOfChosenStepsEqualsFiniteDifferences(SaveAt.Kept kept) {
        PidController control = PidController.of(1e-10, 1e-10).withMaxSteps(1000);
        try (Differentiated adjoint = new Differentiated(Methods.TSIT5, control, Gradient.DISCRETE_ADJOINT, kept)) {
            requireFiniteDifferences(adjoint, 1e-6);
        }
    }

    /** Fractions of the interval that do not move with the values. */
    private static final PidController FRACTIONS =
            PidController.of(10, 10).withFirst(0.125).within(0, 0.125).withMaxSteps(20);

    static Stream<Arguments> statesBetweenChosenSteps() {
        return Stream.of(
                Arguments.of(Methods.DOPRI5, Scope.WHOLE_BATCH, Checkpointing.storeAll()),
                Arguments.of(Methods.DOPRI5, Scope.EACH_SAMPLE, Checkpointing.onlineRevolve(2)),
                Arguments.of(Methods.IMEX_RK3, Scope.WHOLE_BATCH, Checkpointing.onlineRevolve(3)),
                Arguments.of(Methods.BOGACKI_SHAMPINE3, Scope.EACH_SAMPLE, Checkpointing.storeAll()),
                Arguments.of(
                        Methods.KVAERNO3.with(Newton.full().withTolerance(1e-13)),
                        Scope.WHOLE_BATCH,
                        Checkpointing.storeAll()),
                Arguments.of(
                        Methods.TRBDF2.with(Newton.full().withTolerance(1e-13)),
                        Scope.WHOLE_BATCH,
                        Checkpointing.onlineRevolve(2)));
    }

    @ParameterizedTest
    @MethodSource
    void statesBetweenChosenSteps(Method method, Scope scope, Checkpointing checkpointing) {
        try (Differentiated adjoint = new Differentiated(
                method, FRACTIONS.with(scope), new DiscreteAdjoint(checkpointing), SaveAt.Kept.ALL)) {
            requireFiniteDifferences(adjoint, 1e-7);
        }
    }

    /** A first time that is repeated lies at the start of the first step, as all times of a sample that stands still. */
    @Test
    void timesThatRepeatTheFirstAddToTheGradientOfTheStart() {
        for (Scope scope : Scope.values()) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                double[][] times = {{0, 0, 0.4, 0.4}, {0.7, 0.7, 0.7, 0.7}};
                Operand<TFloat64> start = fed(tf, TFloat64.class, new double[][] {{0.3}, {0.5}});
                Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                                (inner, t, u, theta) -> inner.math.neg(u), Methods.TSIT5, FRACTIONS.with(scope))
                        .solve(tf, start, Values.empty(), SampleTimes.of(fed(tf, TFloat64.class, times)));
                Operand<TFloat64> sum = tf.reduceSum(solution.states(), tf.constant(new int[] {0, 1, 2}));
                Operand<?> gradient =
                        Gradients.of(tf, sum, Values.of("u0", start)).get("u0");
                assertThat(graph.evaluate(gradient))
                        .containsExactly(new double[] {2 + 2 * Math.exp(-0.4), 4}, within(1e-6));
            }
        }
    }

    /** sqrt(1 - u) has no numbers beyond one, where the first step that is tried ends. */
    @Test
    void aFirstStepThatIsRefusedFillsNoRowOfARepeatedTime() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.sqrt(inner.math.sub(inner.constant(1.0), u)),
                            Methods.TSIT5,
                            PidController.of(1e-6, 1e-6).withFirst(1))
                    .withGradient(Gradient.NONE)
                    .solve(
                            tf,
                            fed(tf, TFloat64.class, new double[][] {{0.5}}),
                            Values.empty(),
                            SampleTimes.of(fed(tf, TFloat64.class, new double[][] {{0, 0, 1.4}})));
            double[] states = graph.evaluate(solution.states());
            assertThat(states[1]).isEqualTo(0.5);
            double root = Math.sqrt(0.5) - 0.7;
            assertThat(states[2]).isCloseTo(1 - root * root, within(1e-5));
        }
    }

    @Test
    void timesThatTurnBackOrAreNotFiniteEndWithTheirOutcome() {
        for (double bad : new double[] {0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            double[][] times = {{0, 0.5, 1}, {0, 0.2, bad}, {1, 0.6, 0}};
            if (bad == 0.1) {
                times[1] = new double[] {0, 0.2, 0.1};
            }
            assertThat(outcomes(new StepsPerInterval(2), Methods.RK4, times))
                    .containsExactly(Outcome.INVALID_TIMES.code());
            assertThat(outcomes(PidController.of(1e-4, 1e-4), Methods.TSIT5, times))
                    .containsExactly(Outcome.INVALID_TIMES.code());
            assertThat(outcomes(PidController.of(1e-4, 1e-4).with(Scope.EACH_SAMPLE), Methods.TSIT5, times))
                    .containsExactly(Outcome.SUCCESS.code(), Outcome.INVALID_TIMES.code(), Outcome.SUCCESS.code());
        }
    }

    private static int[] outcomes(StepControl control, Method method, double[][] times) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Solution<TFloat64> solution = OdeSolver.of(Problems.<TFloat64>forced(-0.5, -1, -0.2), method, control)
                    .withGradient(Gradient.NONE)
                    .solve(
                            tf,
                            fed(tf, TFloat64.class, new double[times.length][3]),
                            Values.empty(),
                            SampleTimes.of(fed(tf, TFloat64.class, times)));
            try (Result result =
                    graph.session().runner().fetch(solution.outcome()).run()) {
                return Fetched.integers((TInt32) result.get(0));
            }
        }
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        StepsPerInterval steps = new StepsPerInterval(2);
        SplitField<TFloat64> diagonal = new SplitField<>((tf, t, u, theta) -> u, Diagonal.of(-1, -2, -3));
        SplitField<TFloat64> dense = new SplitField<>(
                (tf, t, u, theta) -> u,
                Dense.of(new double[][] {{-1, 0, 0}, {0, -1, 0}, {0, 0, -1}}, DenseSolve.INVERSE));
        for (Method method : List.of(Methods.BDF1, Methods.SBDF1, Methods.AB1, Methods.ABM1)) {
            requireRefused(diagonal, method, new StepsPerInterval(2), "remembers rates from step to step");
        }
        requireRefused(dense, Methods.IMEX_RK3, steps, "Dense");
        requireRefused(diagonal, Methods.SBDF2, steps, "SBDF2".toLowerCase(java.util.Locale.ROOT));
        requireRefused(diagonal, Methods.ETDRK4, steps, "IMEX");
        requireRefused(diagonal, Methods.KVAERNO5, steps, "PidController");
        requireRefused(diagonal, Methods.RK4, new FixedSteps(0.1), "StepsPerInterval");
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            assertThatThrownBy(() -> OdeSolver.of(diagonal, Methods.RK4, steps)
                            .withGradient(Gradient.NONE)
                            .withEvent(StopEvent.of((inner, t, u, theta) -> t))
                            .solve(
                                    tf,
                                    fed(tf, TFloat64.class, starts(TIMES)),
                                    Values.empty(),
                                    SampleTimes.of(fed(tf, TFloat64.class, TIMES))))
                    .hasMessageContaining("withEvent");
            PidController control = PidController.of(1e-3, 1e-3).withMaxSteps(100);
            for (Gradient gradient :
                    List.of(new ReversibleAdjoint(), new DiscreteAdjoint(Checkpointing.storeStages()))) {
                assertThatThrownBy(() -> OdeSolver.of(diagonal, Methods.TSIT5, control)
                                .withGradient(gradient)
                                .solve(
                                        tf,
                                        fed(tf, TFloat64.class, starts(TIMES)),
                                        Values.empty(),
                                        SampleTimes.of(fed(tf, TFloat64.class, TIMES))))
                        .hasMessageContaining("keep the end only");
            }
            assertThatThrownBy(() -> SampleTimes.of(fed(tf, TFloat64.class, new double[][] {{1}, {2}})))
                    .hasMessageContaining("[2, 1]");
        }
        assertThatThrownBy(() -> new StepsPerInterval(0)).hasMessageContaining("0 steps");
    }

    private static void requireRefused(SplitField<TFloat64> field, Method method, StepControl control, String message) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            assertThatThrownBy(() -> OdeSolver.of(field, method, control)
                            .withGradient(Gradient.NONE)
                            .solve(
                                    tf,
                                    fed(tf, TFloat64.class, starts(TIMES)),
                                    Values.empty(),
                                    SampleTimes.of(fed(tf, TFloat64.class, TIMES))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }
}
