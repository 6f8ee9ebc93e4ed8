package dev.odeon.solvers.solve;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.dense.DenseSolution;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.Jumps;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Fields that jump: y' = -y + H(t - tau), s' = y, y(0) = 1, s(0) = 0. */
class JumpsTest {

    private static final PidController CHOSEN = PidController.of(1e-8, 1e-8).withMaxSteps(1000);

    private static final double TAU = 0.437;

    /** Which side the field counts its jump to. */
    private enum Side {
        BEFORE,
        AFTER
    }

    private static double y(double t, double tau) {
        return Math.exp(-t) + (t > tau ? 1 - Math.exp(tau - t) : 0);
    }

    private static double s(double t, double tau) {
        return 1 - Math.exp(-t) + (t > tau ? t - tau - (1 - Math.exp(tau - t)) : 0);
    }

    /** The forcing and the rates without the decay, whose place the caller chooses. */
    private static <T extends TFloating> Operand<T> forced(
            Ops tf, Operand<T> t, Operand<T> u, Operand<T> tau, Side side) {
        Class<T> type = u.type();
        Operand<TBool> on = side == Side.AFTER ? tf.math.greaterEqual(t, tau) : tf.math.greater(t, tau);
        Operand<T> step = tf.dtypes.cast(on, type);
        Operand<T> y = tf.slice(u, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1}));
        Operand<T> dy = tf.math.add(tf.zerosLike(y), step);
        return tf.concat(List.of(dy, y), tf.constant(1));
    }

    private static <T extends TFloating> SplitField<T> field(double tau, Side side) {
        return new SplitField<>(
                (tf, t, u, theta) -> forced(tf, t, u, tf.dtypes.cast(tf.constant(tau), u.type()), side),
                Diagonal.of(-1, 0));
    }

    /** What a smooth forcing adds to y. */
    private static double wave(double t) {
        return Math.sin(2 * t) / 4;
    }

    /** And to s. */
    private static double waves(double t) {
        return (1 - Math.cos(2 * t)) / 8;
    }

    private static SplitField<TFloat64> waving() {
        return new SplitField<>(
                (tf, t, u, theta) -> {
                    Operand<TFloat64> angle = tf.math.mul(t, tf.constant(2.0));
                    Operand<TFloat64> force = tf.math.div(
                            tf.math.add(tf.math.mul(tf.math.cos(angle), tf.constant(2.0)), tf.math.sin(angle)),
                            tf.constant(4.0));
                    Operand<TFloat64> first = tf.constant(new double[][] {{1, 0}});
                    return tf.math.add(forced(tf, t, u, tf.constant(TAU), Side.AFTER), tf.math.mul(first, force));
                },
                Diagonal.of(-1, 0));
    }

    private static Solution<TFloat64> solve(
            Ops tf, Method method, StepControl control, Gradient gradient, SaveAt saveAt, Jumps<TFloat64> jumps) {
        double tau = jumps instanceof Jumps.Given<TFloat64> given && given.times().length > 0 ? given.times()[0] : 0.5;
        double start = saveAt.start();
        return OdeSolver.of(JumpsTest.<TFloat64>field(tau, Side.AFTER), method, control)
                .withGradient(gradient)
                .withJumps(jumps)
                .solve(tf, tf.constant(new double[][] {{y(start, tau), s(start, tau)}}), Values.empty(), saveAt);
    }

    private static int[] cost(Jumps<TFloat64> jumps, SaveAt saveAt) {
        try (TestGraph graph = new TestGraph()) {
            Solution<TFloat64> solution = solve(graph.tf(), Methods.TSIT5, CHOSEN, Gradient.NONE, saveAt, jumps);
            double[] last = graph.evaluate(solution.last());
            assertThat(last).containsExactly(new double[] {y(1, 0.5), s(1, 0.5)}, within(1e-6));
            return new int[] {
                graph.evaluateInt(solution.statistics().nfe()),
                graph.evaluateInt(solution.statistics().rejected())
            };
        }
    }

    @Test
    void chosenStepsNeedNotFindTheJump() {
        int[] told = cost(Jumps.at(0.5), SaveAt.end(0, 1));
        int[] untold = cost(Jumps.at(), SaveAt.end(0, 1));
        int[] stopped = cost(Jumps.at(), SaveAt.stops(0, 0.5, 1));
        assertThat(told[1]).as("rejected").isLessThanOrEqualTo(1);
        assertThat(told[0]).isLessThan(untold[0] * 2 / 3);
        assertThat(told[0]).isLessThan(stopped[0] * 2 / 3);
    }

    static Stream<Arguments> solves() {
        Newton newton = Newton.full();
        return Stream.of(
                Arguments.of(Methods.TSIT5, CHOSEN, 1e-7),
                Arguments.of(Methods.DOPRI5, CHOSEN.with(Scope.EACH_SAMPLE), 1e-7),
                // Between the steps a cubic.
                Arguments.of(Methods.IMEX_RK4, CHOSEN, 1e-6),
                Arguments.of(Methods.KVAERNO5.with(newton), CHOSEN, 3e-6),
                Arguments.of(Methods.KVAERNO3.with(newton), new FixedSteps(0.01), 1e-6),
                Arguments.of(Methods.RK4, new FixedSteps(0.03), 1e-7),
                Arguments.of(Methods.AB4, new FixedSteps(0.01), 1e-7),
                Arguments.of(Methods.SBDF3, new FixedSteps(0.01), 1e-5),
                Arguments.of(Methods.BDF2.with(newton), new FixedSteps(0.01), 1e-4),
                Arguments.of(Methods.IMEX_RK3, new StepsPerInterval(20), 1e-6),
                Arguments.of(Methods.ETDRK4, new FixedSteps(0.05), 1e-7));
    }

    /** At times on both sides of the jump, and at it. */
    @ParameterizedTest
    @MethodSource("solves")
    void noMethodLosesItsOrder(Method method, StepControl control, double tolerance) {
        requireStates(method, control, tolerance, 0, 0.2, TAU, 0.6, 0.9);
    }

    /** Before a jump they would fall to order 2: 3.5e-4, 8.9e-5, 2.2e-5, 5.6e-6 with kvaerno5 from 8 to 64 steps. */
    @Test
    void stagesBeyondAJumpAreForChosenSteps() {
        Newton newton = Newton.full();
        FixedSteps steps = new FixedSteps(0.1);
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            SaveAt end = SaveAt.end(0, 1);
            for (Method method :
                    List.of(Methods.KVAERNO4.with(newton), Methods.KVAERNO5.with(newton), Methods.BHR553)) {
                requireRefused(() -> solve(tf, method, steps, Gradient.NONE, end, Jumps.at(0.5)), "order 2");
                requireRefused(() -> solve(tf, method, steps, Gradient.NONE, end, Jumps.at(1)), method.name());
                requireRefused(
                        () -> solve(
                                tf,
                                method,
                                new StepsPerInterval(3),
                                Gradient.NONE,
                                end,
                                Jumps.trained(tf.constant(new double[] {0.5}))),
                        "such as kvaerno3");
                assertThat(solve(tf, method, steps, Gradient.NONE, end, Jumps.at(0, 2))
                                .last()
                                .shape()
                                .size())
                        .isEqualTo(2);
            }
            Gradient back = BacksolveAdjoint.of(Methods.KVAERNO5.with(newton), steps);
            requireRefused(() -> solve(tf, Methods.KVAERNO3, steps, back, end, Jumps.at(0.5)), "kvaerno5");
        }
    }

    @Test
    void jumpsArePassedInReverse() {
        requireStates(Methods.TSIT5, CHOSEN, 1e-7, 0.9, 0.6, TAU, 0.2, 0);
        requireStates(Methods.AB4, new FixedSteps(0.01), 1e-7, 0.9, 0.6, 0.2, 0);
    }

    private static void requireStates(Method method, StepControl control, double tolerance, double... asked) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            double start = asked[0];
            // Within the stretches the forcing is no constant, whose order no stage at a wrong time would spoil.
            Solution<TFloat64> solution = OdeSolver.of(waving(), method, control)
                    .withGradient(Gradient.NONE)
                    .withJumps(Jumps.at(TAU))
                    .solve(
                            tf,
                            tf.constant(new double[][] {{y(start, TAU) + wave(start), s(start, TAU) + waves(start)}}),
                            Values.empty(),
                            SaveAt.times(asked));
            Operand<TFloat64> count = tf.dtypes.cast(solution.count(), TFloat64.class);
            double[] all = graph.evaluate(joined(tf, List.of(solution.states(), solution.times(), count)));
            int n = asked.length;
            for (int k = 0; k < n; k++) {
                assertThat(all[2 * k]).isCloseTo(y(asked[k], TAU) + wave(asked[k]), within(tolerance));
                assertThat(all[2 * k + 1]).isCloseTo(s(asked[k], TAU) + waves(asked[k]), within(tolerance));
            }
            assertThat(Arrays.copyOfRange(all, 2 * n, 3 * n)).containsExactly(asked);
            assertThat(all[3 * n]).isEqualTo(n);
        }
    }

    /** The field may count its jump to either side, and time is told apart in single precision as well. */
    @Test
    void bothSidesOfAJumpAreTheFieldsOwn() {
        List<double[]> ends = new ArrayList<>();
        for (Side side : Side.values()) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat32> start = tf.constant(new float[][] {{1, 0}});
                Solution<TFloat32> solution = OdeSolver.of(
                                JumpsTest.<TFloat32>field(0.3, side), Methods.TSIT5, PidController.of(1e-5, 1e-5))
                        .withGradient(Gradient.NONE)
                        .withJumps(Jumps.at(0.3))
                        .solve(tf, start, Values.empty(), SaveAt.end(0, 1));
                ends.add(graph.evaluate(solution.last()));
            }
        }
        assertThat(ends.get(0)).containsExactly(ends.get(1));
        assertThat(ends.get(0)).containsExactly(new double[] {y(1, 0.3), s(1, 0.3)}, within(1e-5));
    }

    @Test
    void jumpsFarFromZeroAreSeenFromTheirOwnSideToo() {
        double start = 1e6;
        for (StepControl control : List.of(CHOSEN, new FixedSteps(0.03))) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                DenseSolution<TFloat64> dense = OdeSolver.of(
                                JumpsTest.<TFloat64>field(start + 0.3, Side.BEFORE), Methods.TSIT5, control)
                        .withGradient(Gradient.NONE)
                        .withJumps(Jumps.at(start + 0.3))
                        .solve(
                                tf,
                                tf.constant(new double[][] {{1, 0}}),
                                Values.empty(),
                                SaveAt.dense(start, start + 1, 100))
                        .dense()
                        .orElseThrow();
                double[] states = graph.evaluate(dense.evaluate(tf, start + 0.25, start + 0.75));
                // The jump itself lies where the nearest number is.
                double[] exact = {y(0.25, 0.3), s(0.25, 0.3), y(0.75, 0.3), s(0.75, 0.3)};
                assertThat(states).containsExactly(exact, within(1e-7));
            }
        }
    }

    /** A field that is no number at the very jump, and one that jumps where the solve starts and ends. */
    @Test
    void theFieldIsNotSeenAtTheJumpItself() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            VectorField<TFloat64> field = (inner, t, u, theta) -> {
                Operand<TFloat64> inside = inner.math.mul(t, inner.math.sub(inner.constant(1.0), t));
                Operand<TFloat64> ofHalf = inner.math.sub(t, inner.constant(0.5));
                // 1 within ]0, 1[ but at 1/2, elsewhere no number.
                return inner.math.mul(
                        inner.onesLike(u),
                        inner.math.mul(
                                inner.math.div(inner.math.sqrt(inside), inner.math.sqrt(inside)),
                                inner.math.div(ofHalf, ofHalf)));
            };
            for (StepControl control : List.of(CHOSEN, new FixedSteps(0.1))) {
                Solution<TFloat64> solution = OdeSolver.of(field, Methods.DOPRI5, control)
                        .withGradient(Gradient.NONE)
                        .withJumps(Jumps.at(1, 0, 0.5, 7))
                        .solve(tf, tf.constant(new double[][] {{0}}), Values.empty(), SaveAt.end(0, 1));
                assertThat(graph.evaluate(solution.last())[0]).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void solutionsAsFunctionsOfTimeGoOverJumps() {
        for (StepControl control : List.of(CHOSEN.with(Scope.EACH_SAMPLE), new FixedSteps(0.02))) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Solution<TFloat64> solution =
                        solve(tf, Methods.TSIT5, control, Gradient.NONE, SaveAt.dense(0, 1, 100), Jumps.at(TAU, 0.8));
                DenseSolution<TFloat64> dense = solution.dense().orElseThrow();
                double[] asked = {0.9, 0, TAU, 0.3, 1, 0.8};
                double[] all = graph.evaluate(joined(
                        tf,
                        List.of(
                                dense.evaluate(tf, asked),
                                dense.ends(),
                                tf.dtypes.cast(
                                        tf.math.sub(
                                                dense.count(),
                                                solution.statistics().accepted()),
                                        TFloat64.class))));
                for (int k = 0; k < asked.length; k++) {
                    assertThat(all[2 * k]).isCloseTo(y(asked[k], TAU), within(1e-6));
                    assertThat(all[2 * k + 1]).isCloseTo(s(asked[k], TAU), within(1e-6));
                }
                assertThat(all[2 * asked.length]).as("end").isEqualTo(1);
                assertThat(all[2 * asked.length + 1]).as("rows without a step").isZero();
            }
        }
    }

    private static Operand<TFloat64> joined(Ops tf, List<Operand<TFloat64>> tensors) {
        List<Operand<TFloat64>> flat = new ArrayList<>();
        tensors.forEach(each -> flat.add(tf.reshape(each, tf.constant(new int[] {-1}))));
        return tf.concat(flat, tf.constant(0));
    }

    @Test
    void stepsOfKnownSizesAreKeptThemselves() {
        try (TestGraph graph = new TestGraph()) {
            Solution<TFloat64> solution = solve(
                    graph.tf(), Methods.RK4, new FixedSteps(0.4), Gradient.NONE, SaveAt.steps(0, 1, 5), Jumps.at(0.5));
            assertThat(graph.evaluate(solution.times()))
                    .containsExactly(new double[] {0, 0.4, 0.5, 0.9, 1}, within(1e-15));
            double[] states = graph.evaluate(solution.states());
            assertThat(states[4]).isCloseTo(y(0.5, 0.5), within(1e-4));
            assertThat(states[8]).isCloseTo(y(1, 0.5), within(1e-3));
            assertThat(graph.evaluateInt(solution.count())).isEqualTo(5);
        }
    }

    static Stream<Arguments> gradients() {
        return Stream.of(
                Arguments.of(Methods.TSIT5, CHOSEN, Gradient.DISCRETE_ADJOINT),
                Arguments.of(Methods.TSIT5, CHOSEN, new DiscreteAdjoint(Checkpointing.onlineRevolve(3))),
                Arguments.of(Methods.TSIT5, CHOSEN, new BacksolveAdjoint()),
                Arguments.of(Methods.SBDF3, new FixedSteps(0.005), Gradient.DISCRETE_ADJOINT),
                Arguments.of(Methods.RK4, new FixedSteps(0.05), new ReversibleAdjoint()),
                Arguments.of(Methods.DOPRI5, new StepsPerInterval(3), Gradient.BACKPROPAGATION));
    }

    /** d(y(1) + s(1)) / dy(0) = 1, and with respect to the height of the jump it is 1 - tau. */
    @ParameterizedTest
    @MethodSource("gradients")
    void allGradientsGoOverJumps(Method method, StepControl control, Gradient gradient) {
        double tau = 0.437;
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = fed(tf, new double[] {1, 0}, 1, 2);
            Operand<TFloat64> height = fed(tf, new double[] {1});
            VectorField<TFloat64> nonlinear = (inner, t, u, theta) -> {
                Operand<TFloat64> plain = forced(inner, t, u, inner.constant(tau), Side.AFTER);
                Operand<TFloat64> without = forced(inner, t, u, inner.constant(2.0), Side.AFTER);
                return inner.math.add(
                        without, inner.math.mul(inner.math.sub(plain, without), theta.get("height", TFloat64.class)));
            };
            Solution<TFloat64> solution = OdeSolver.of(new SplitField<>(nonlinear, Diagonal.of(-1, 0)), method, control)
                    .withGradient(gradient)
                    .withJumps(Jumps.at(tau))
                    .solve(tf, start, Values.of("height", height), SaveAt.end(0, 1));
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Values found = Gradients.of(tf, loss, Values.of("u0", start).with("height", height));
            Session session = graph.quickSession();
            assertThat(TestGraph.evaluate(session, found.get("u0"))).containsExactly(new double[] {1, 1}, within(1e-6));
            assertThat(TestGraph.evaluate(session, found.get("height"))[0]).isCloseTo(1 - tau, within(1e-6));
            solution.backward()
                    .ifPresent(cost -> assertThat(
                                    TestGraph.evaluate(session, tf.dtypes.cast(cost.nfe(), TFloat64.class))[0])
                            .isPositive());
            solution.backwardOutcome()
                    .ifPresent(outcome -> assertThat(
                                    TestGraph.evaluate(session, tf.dtypes.cast(outcome, TFloat64.class))[0])
                            .isEqualTo(Outcome.SUCCESS.code()));
            solution.reconstructed()
                    .ifPresent(u0 -> assertThat(TestGraph.evaluate(session, u0))
                            .containsExactly(new double[] {1, 0}, within(1e-6)));
        }
    }

    static Stream<Arguments> trainedSolves() {
        return Stream.of(
                Arguments.of(Methods.TSIT5, CHOSEN, Gradient.DISCRETE_ADJOINT),
                Arguments.of(
                        Methods.TSIT5,
                        CHOSEN.with(Scope.EACH_SAMPLE),
                        new DiscreteAdjoint(Checkpointing.onlineRevolve(3))),
                Arguments.of(Methods.IMEX_RK4, new StepsPerInterval(25), Gradient.DISCRETE_ADJOINT),
                Arguments.of(Methods.DOPRI5, new StepsPerInterval(3), Gradient.BACKPROPAGATION));
    }

    /** ds(1) / dtau = exp(tau - 1) - 1, dy(1) / dtau = -exp(tau - 1), from one solve told of a trained tau. */
    @ParameterizedTest
    @MethodSource("trainedSolves")
    void aJumpMayBeTrained(Method method, StepControl control, Gradient gradient) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> tau = fed(tf, new double[] {0.5}, 1);
            SplitField<TFloat64> field = new SplitField<>(
                    (inner, t, u, theta) -> forced(
                            inner,
                            t,
                            u,
                            inner.reshape(theta.get("tau", TFloat64.class), inner.constant(new int[] {1, 1})),
                            Side.AFTER),
                    Diagonal.of(-1, 0));
            Solution<TFloat64> solution = OdeSolver.of(field, method, control)
                    .withGradient(gradient)
                    .withJumps(Jumps.trained(tau))
                    .solve(
                            tf,
                            tf.constant(new double[][] {{1, 0}, {1, 0}}),
                            Values.empty().withConstant("tau", tau),
                            SaveAt.end(0, 1));
            Session session = graph.quickSession();
            assertThat(TestGraph.evaluate(session, solution.last()))
                    .containsExactly(new double[] {y(1, 0.5), s(1, 0.5), y(1, 0.5), s(1, 0.5)}, within(1e-6));
            for (int k = 0; k < 2; k++) {
                Operand<TFloat64> loss = tf.gather(
                        tf.gather(solution.last(), tf.constant(0), tf.constant(0)), tf.constant(k), tf.constant(0));
                Operand<?> slope = Gradients.of(tf, loss, Values.of("tau", tau)).get("tau");
                assertThat(TestGraph.evaluate(session, slope)[0])
                        .isCloseTo(k == 0 ? -Math.exp(-0.5) : -0.393469, within(1e-6));
            }
        }
    }

    /** u' = -1 / (2 u) ends at u = 0, before the second jump: sample by sample where each has its own steps. */
    @Test
    void aStretchThatFailsEndsTheSolve() {
        for (Scope scope : Scope.values()) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                                (inner, t, u, theta) -> inner.math.div(inner.constant(-0.5), inner.math.sqrt(u)),
                                Methods.TSIT5,
                                PidController.of(1e-6, 1e-6).with(scope))
                        .withGradient(Gradient.NONE)
                        .withJumps(Jumps.at(0.2, 0.8))
                        .solve(
                                tf,
                                tf.constant(new double[][] {{0.5}, {4}}),
                                Values.empty(),
                                SaveAt.times(0, 0.1, 0.2, 0.75, 0.8, 0.9));
                double[] all = graph.evaluate(joined(
                        tf,
                        List.of(
                                solution.states(),
                                solution.last(),
                                tf.dtypes.cast(solution.outcome(), TFloat64.class),
                                tf.dtypes.cast(solution.count(), TFloat64.class))));
                double[] states = Arrays.copyOf(all, 12);
                boolean own = scope == Scope.EACH_SAMPLE;
                double[] outcomes = Arrays.copyOfRange(all, 14, own ? 16 : 15);
                double[] counts = Arrays.copyOfRange(all, own ? 16 : 15, all.length);
                assertThat(outcomes[0]).isNotEqualTo(Outcome.SUCCESS.code());
                assertThat(counts[0]).isEqualTo(3);
                assertThat(states[4]).isFinite();
                assertThat(Arrays.stream(states, 6, 12).filter(u -> !Double.isNaN(u)))
                        .hasSize(own ? 3 : 0);
                assertThat(all[12]).as("last").isBetween(0.0, 0.3);
                if (own) {
                    assertThat(outcomes[1]).isEqualTo(Outcome.SUCCESS.code());
                    assertThat(counts[1]).isEqualTo(6);
                }
            }
        }
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Jumps<TFloat64> jumps = Jumps.at(0.5);
            Jumps<TFloat64> trained = Jumps.trained(tf.constant(new double[] {0.5}));
            Gradient none = Gradient.NONE;
            requireRefused(() -> solve(tf, Methods.TSIT5, CHOSEN, none, SaveAt.steps(0, 1, 9), jumps), "SaveAt.times");
            requireRefused(
                    () -> solve(tf, Methods.TSIT5, CHOSEN, none, SaveAt.times(0, 0.2, 1), trained), "SaveAt.end");
            requireRefused(
                    () -> solve(tf, Methods.RK4, new FixedSteps(0.1), none, SaveAt.end(0, 1), trained),
                    "StepsPerInterval");
            requireRefused(
                    () -> solve(tf, Methods.RK4, new FixedSteps(0.4), none, SaveAt.steps(0, 1, 4), jumps)
                            .states(),
                    "5 rows");
            OdeSolver<TFloat64> solver = OdeSolver.of(JumpsTest.<TFloat64>field(0.5, Side.AFTER), Methods.TSIT5, CHOSEN)
                    .withGradient(none)
                    .withJumps(jumps);
            Operand<TFloat64> start = tf.constant(new double[][] {{1, 0}});
            requireRefused(
                    () -> solver.withEvent(StopEvent.of((inner, t, u, theta) -> t))
                            .solve(tf, start, Values.empty(), SaveAt.end(0, 1)),
                    "withEvent");
            requireRefused(
                    () -> solver.solve(tf, start, Values.empty(), SampleTimes.of(tf.constant(new double[][] {{0, 1}}))),
                    "withJumps");
            requireRefused(
                    () -> solve(tf, Methods.TSIT5, CHOSEN, new BacksolveAdjoint(), SaveAt.end(0, 1), trained),
                    "Jumps.trained");
            requireRefused(
                    () -> solve(tf, Methods.ETDRK4, new StepsPerInterval(9), none, SaveAt.end(0, 1), trained),
                    "Jumps.trained");
            requireRefused(
                    () -> solve(tf, Methods.AB4, new StepsPerInterval(9), none, SaveAt.end(0, 1), trained),
                    "Jumps.trained");
            requireRefused(
                    () -> OdeSolver.of(
                                    JumpsTest.<TFloat32>field(1.00000001, Side.AFTER), Methods.RK4, new FixedSteps(0.1))
                            .withJumps(Jumps.at(1.00000001))
                            .solve(tf, tf.constant(new float[][] {{1, 0}}), Values.empty(), SaveAt.end(1, 2)),
                    "Between two jumps, or a jump and an end of the solve, from 1.0 to 1.00000001: The times");
            requireRefused(() -> Jumps.at(Double.NaN), "finite");
            requireRefused(() -> Jumps.trained(tf.constant(0.5)), "[jumps]");
        }
    }

    private static void requireRefused(Runnable solve, String message) {
        assertThatThrownBy(solve::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
