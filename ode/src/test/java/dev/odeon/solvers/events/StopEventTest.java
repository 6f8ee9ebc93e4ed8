package dev.odeon.solvers.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Fetched;
import dev.odeon.ode.testing.Oscillator;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.dense.DenseSolution;
import dev.odeon.solvers.events.StopEvent.Direction;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.PidController.Scope;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

class StopEventTest {

    private record Stopped(double[] times, double[] states, double[] rows, int[] outcomes) {}

    private static <T extends TFloating> Stopped solve(
            SplitField<T> field,
            Method method,
            StepControl control,
            StopEvent<T> event,
            SaveAt saveAt,
            java.util.function.Function<Ops, Operand<T>> start) {
        try (TestGraph graph = new TestGraph()) {
            Solution<T> solution = OdeSolver.of(field, method, control)
                    .withGradient(Gradient.NONE)
                    .withEvent(event)
                    .solve(graph.tf(), start.apply(graph.tf()), Values.empty(), saveAt);
            EventResult<T> result = solution.event().orElseThrow();
            try (Result fetched = graph.session()
                    .runner()
                    .fetch(result.times())
                    .fetch(result.states())
                    .fetch(solution.states())
                    .fetch(solution.outcome())
                    .run()) {
                return new Stopped(
                        Floats.read(fetched.get(0)),
                        Floats.read(fetched.get(1)),
                        Floats.read(fetched.get(2)),
                        Fetched.integers((TInt32) fetched.get(3)));
            }
        }
    }

    private static Stopped oscillator(
            Method method, StepControl control, StopEvent<TFloat64> event, SaveAt saveAt, double... phases) {
        return solve(
                Oscillator.field(),
                method,
                control,
                event,
                saveAt,
                tf -> Oscillator.starts(tf, TFloat64.class, phases));
    }

    /** x, the first component. */
    private static <T extends TFloating> StopEvent<T> position() {
        return StopEvent.of((tf, t, u, theta) -> Oscillator.column(tf, u, 0));
    }

    static List<Method> methods() {
        return List.of(Methods.TSIT5, Methods.DOPRI8, Methods.IMEX_RK5, Methods.KVAERNO5);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theBatchRestsAtTheCrossingsOfItsSamples(Method method) {
        double tolerance = 1e-7;
        double[] phases = {0.5, 1.5, 3.5, 6.1};
        Stopped stopped =
                oscillator(method, PidController.of(tolerance, tolerance), position(), SaveAt.end(0, 10), phases);
        assertThat(stopped.outcomes()).containsExactly(Outcome.EVENT.code());
        for (int i = 0; i < phases.length; i++) {
            double exact = Math.ceil(phases[i] / Math.PI) * Math.PI - phases[i];
            assertThat(stopped.times()[i]).isCloseTo(exact, within(10 * tolerance));
            assertThat(stopped.states()[2 * i]).isCloseTo(0, within(10 * tolerance));
            // Across the crossing the dense output is the bound, of order 4 for kvaerno5.
            assertThat(Math.abs(stopped.states()[2 * i + 1])).isCloseTo(1, within(100 * tolerance));
        }
    }

    @Test
    void everySampleWithItsOwnStepsEndsAtItsOwnCrossing() {
        double[] phases = {0.5, 1.5, 3.5, 6.1};
        Stopped stopped = oscillator(
                Methods.DOPRI5,
                PidController.of(1e-8, 1e-8).with(Scope.EACH_SAMPLE),
                StopEvent.<TFloat64>of((tf, t, u, theta) -> Oscillator.column(tf, u, 0))
                        .with(Direction.FALLING),
                SaveAt.steps(0, 4, 120),
                phases);
        double[] exact = {Math.PI - 0.5, Math.PI - 1.5, Double.NaN, 3 * Math.PI - 6.1};
        for (int i = 0; i < phases.length; i++) {
            boolean none = Double.isNaN(exact[i]);
            assertThat(stopped.outcomes()[i]).isEqualTo((none ? Outcome.SUCCESS : Outcome.EVENT).code());
            if (none) {
                assertThat(stopped.times()[i]).isNaN();
                assertThat(stopped.states()[2 * i]).isCloseTo(Math.sin(7.5), within(1e-6));
            } else {
                assertThat(stopped.times()[i]).isCloseTo(exact[i], within(1e-7));
                assertThat(stopped.states()[2 * i + 1]).isCloseTo(-1, within(1e-7));
            }
        }
    }

    @Test
    void samplesAtRestDoNotLoosenTheToleranceOfTheOthers() {
        int[] accepted = new int[2];
        // One sample that goes on for long, alone and among many that stop at once.
        double[][] phases = {{0.01}, new double[40]};
        java.util.Arrays.fill(phases[1], Math.PI - 0.001);
        phases[1][0] = 0.01;
        for (int i = 0; i < 2; i++) {
            try (TestGraph graph = new TestGraph()) {
                Solution<TFloat64> solution = OdeSolver.of(
                                Oscillator.<TFloat64>field(), Methods.DOPRI5, PidController.of(1e-8, 1e-8))
                        .withGradient(Gradient.NONE)
                        .withEvent(StopEventTest.<TFloat64>position().with(Direction.FALLING))
                        .solve(
                                graph.tf(),
                                Oscillator.starts(graph.tf(), TFloat64.class, phases[i]),
                                Values.empty(),
                                SaveAt.end(0, 20));
                accepted[i] = graph.evaluateInt(solution.statistics().accepted());
                assertThat(graph.evaluateInt(solution.outcome())).isEqualTo(Outcome.EVENT.code());
            }
        }
        assertThat(accepted[1]).isCloseTo(accepted[0], within(3));
    }

    @Test
    void withoutEventTheSolveReachesItsEnd() {
        Stopped stopped = oscillator(Methods.TSIT5, PidController.of(1e-6, 1e-6), position(), SaveAt.end(0, 1), 0.5, 3);
        assertThat(stopped.outcomes()).containsExactly(Outcome.SUCCESS.code());
        assertThat(stopped.times()[0]).isNaN();
        assertThat(stopped.states()[0]).isCloseTo(Math.sin(1.5), within(1e-5));
        assertThat(stopped.times()[1]).isCloseTo(Math.PI - 3, within(1e-5));
        assertThat(stopped.states()[3]).isCloseTo(-1, within(1e-5));
    }

    /** The logarithm of the first component, which falls from 1 through zero: its sign changes where there is no number. */
    @Test
    void anEventWithoutNumbersIsNoEvent() {
        StopEvent<TFloat64> event = StopEvent.of(
                (tf, t, u, theta) -> tf.math.add(tf.math.log(Oscillator.column(tf, u, 0)), tf.constant(1e9)));
        StepControl shared = PidController.of(1e-6, 1e-6);
        StepControl own = PidController.of(1e-6, 1e-6).with(PidController.Scope.EACH_SAMPLE);
        for (StepControl control : List.of(new FixedSteps(0.1), shared, own)) {
            Stopped stopped = oscillator(Methods.TSIT5, control, event, SaveAt.end(0, 3), 0.5);
            assertThat(stopped.outcomes()).containsExactly(Outcome.NON_FINITE.code());
            assertThat(stopped.times()[0]).isNaN();
        }
    }

    @Test
    void aZeroAtTheStartIsNoCrossingButTheReturnIs() {
        for (StepControl control : List.of(PidController.of(1e-8, 1e-8), new FixedSteps(0.01))) {
            Stopped stopped = oscillator(Methods.TSIT5, control, position(), SaveAt.end(0, 5), 0);
            assertThat(stopped.times()[0]).isCloseTo(Math.PI, within(1e-7));
        }
    }

    @Test
    void rowsAfterTheEventAreNotANumber() {
        for (StepControl control : List.of(
                PidController.of(1e-8, 1e-8),
                PidController.of(1e-8, 1e-8).with(Scope.EACH_SAMPLE),
                new FixedSteps(0.05))) {
            Stopped stopped = oscillator(Methods.TSIT5, control, position(), SaveAt.times(0, 1, 2, 3, 4), 0.5, 2.8);
            double[] events = {Math.PI - 0.5, Math.PI - 2.8};
            for (int k = 0; k < 5; k++) {
                for (int i = 0; i < 2; i++) {
                    double x = stopped.rows()[2 * (2 * k + i)];
                    if (k < events[i]) {
                        assertThat(x).isCloseTo(Math.sin(k + Math.PI - events[i]), within(1e-6));
                    } else {
                        assertThat(x).isNaN();
                    }
                }
            }
        }
    }

    /** y'' = -9.81: the state is height and speed. */
    private static SplitField<TFloat64> falling() {
        VectorField<TFloat64> field = (tf, t, u, theta) -> {
            Operand<TFloat64> speed = Oscillator.column(tf, u, 1);
            Operand<TFloat64> pull = tf.math.sub(tf.zerosLike(speed), tf.constant(9.81));
            return tf.concat(List.of(speed, pull), tf.constant(1));
        };
        return new SplitField<>(field, ScaledIdentity.of(0));
    }

    @Test
    void aBallBouncesWhenItsFallEnds() {
        StopEvent<TFloat64> ground = StopEventTest.<TFloat64>position().with(Direction.FALLING);
        double[] state = {1, 0, 2.5, 0};
        double[] clock = {0, 0};
        double[] heights = {1, 2.5};
        for (int bounce = 0; bounce < 3; bounce++) {
            double[] from = state.clone();
            Stopped stopped =
                    solve(falling(), Methods.TSIT5, PidController.of(1e-9, 1e-9), ground, SaveAt.end(0, 3), tf -> {
                        var shape = org.tensorflow.ndarray.Shape.of(2, 2);
                        return tf.placeholderWithDefault(Floats.constant(tf, TFloat64.class, shape, from), shape);
                    });
            for (int i = 0; i < 2; i++) {
                clock[i] += stopped.times()[i];
                // The fall from the height, and twice as long for each flight between bounces of the same speed.
                double exact = (1 + 2 * bounce) * Math.sqrt(2 * heights[i] / 9.81);
                assertThat(clock[i]).isCloseTo(exact, within(1e-8));
                state[2 * i] = Math.max(0, stopped.states()[2 * i]);
                state[2 * i + 1] = -stopped.states()[2 * i + 1];
            }
        }
    }

    @Test
    void thePeriodOfAPendulumIsThatOfTheEllipticIntegral() {
        SplitField<TFloat64> pendulum = new SplitField<>(
                (tf, t, u, theta) -> tf.concat(
                        List.of(Oscillator.column(tf, u, 1), tf.math.neg(tf.math.sin(Oscillator.column(tf, u, 0)))),
                        tf.constant(1)),
                ScaledIdentity.of(0));
        StopEvent<TFloat64> turned = StopEvent.<TFloat64>of((tf, t, u, theta) -> Oscillator.column(tf, u, 1))
                .with(Direction.FALLING);
        Stopped stopped =
                solve(pendulum, Methods.DOPRI5, PidController.of(1e-10, 1e-10), turned, SaveAt.end(0, 20), tf -> {
                    var shape = org.tensorflow.ndarray.Shape.of(2, 2);
                    return tf.placeholderWithDefault(Floats.constant(tf, TFloat64.class, shape, 0.3, 0, 2, 0), shape);
                });
        for (int i = 0; i < 2; i++) {
            double a = 1;
            double b = Math.cos((i == 0 ? 0.3 : 2) / 2);
            for (int k = 0; k < 20; k++) {
                double mean = (a + b) / 2;
                b = Math.sqrt(a * b);
                a = mean;
            }
            assertThat(stopped.times()[i]).isCloseTo(2 * Math.PI / a, within(1e-8));
        }
    }

    @Test
    void ofTwoCrossingsInOneStepTheFirstIsFoundWithAnyProbes() {
        StopEvent<TFloat64> twice = StopEvent.of(
                (tf, t, u, theta) -> tf.math.mul(tf.math.sub(t, tf.constant(0.3)), tf.math.sub(t, tf.constant(0.6))));
        for (int probes : new int[] {4, 6, 9, 64}) {
            Stopped first = oscillator(Methods.RK4, new FixedSteps(1), twice.withProbes(probes), SaveAt.end(0, 1), 0);
            assertThat(first.times()[0]).isCloseTo(0.3, within(1e-9));
        }
    }

    @Test
    void anEventAtTheVeryEndCounts() {
        StopEvent<TFloat64> late = StopEvent.of((tf, t, u, theta) -> tf.math.sub(t, tf.constant(1.0)));
        for (StepControl control : List.of(PidController.of(1e-6, 1e-6), new FixedSteps(0.25))) {
            Stopped stopped = oscillator(Methods.TSIT5, control, late, SaveAt.end(0, 1), 0);
            assertThat(stopped.times()[0]).isEqualTo(1);
            assertThat(stopped.outcomes()).containsExactly(Outcome.EVENT.code());
        }
    }

    @Test
    void reverseTimeAndFixedStepsFindTheCrossingBefore() {
        for (StepControl control : List.of(PidController.of(1e-9, 1e-9), new FixedSteps(0.01))) {
            Stopped stopped = oscillator(Methods.IMEX_RK4, control, position(), SaveAt.end(1, -5), 0.5);
            assertThat(stopped.times()[0]).isCloseTo(0.5, within(1e-7));
        }
    }

    @Test
    void singlePrecisionFindsCrossingsToItsResolution() {
        for (Scope scope : Scope.values()) {
            Stopped stopped = solve(
                    Oscillator.field(),
                    Methods.TSIT5,
                    PidController.of(1e-5, 1e-5).with(scope),
                    position(),
                    SaveAt.end(0, 5),
                    tf -> Oscillator.starts(tf, TFloat32.class, 0.5, 1));
            assertThat(stopped.times()[0]).isCloseTo(Math.PI - 0.5, within(1e-4));
            assertThat(stopped.times()[1]).isCloseTo(Math.PI - 1, within(1e-4));
        }
    }

    @Test
    void theSolutionAsAFunctionOfTimeEndsAtTheEvents() {
        for (StepControl control : List.of(
                PidController.of(1e-8, 1e-8),
                PidController.of(1e-8, 1e-8).with(Scope.EACH_SAMPLE),
                new FixedSteps(0.05))) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                DenseSolution<TFloat64> dense = OdeSolver.of(Oscillator.<TFloat64>field(), Methods.TSIT5, control)
                        .withGradient(Gradient.NONE)
                        .withEvent(position())
                        .solve(
                                tf,
                                Oscillator.starts(tf, TFloat64.class, 0.5, 2),
                                Values.empty(),
                                SaveAt.dense(0, 4, 200))
                        .dense()
                        .orElseThrow();
                double[] ends = TestGraph.evaluate(graph.quickSession(), dense.ends());
                assertThat(ends[0]).isCloseTo(Math.PI - 0.5, within(1e-6));
                assertThat(ends[1]).isCloseTo(Math.PI - 2, within(1e-6));
                double[] states = TestGraph.evaluate(graph.quickSession(), dense.evaluate(tf, 1.1, 2));
                assertThat(states[0]).isCloseTo(Math.sin(1.6), within(1e-6));
                assertThat(states[2]).isCloseTo(Math.sin(3.1), within(1e-6));
                assertThat(states[4]).isCloseTo(Math.sin(2.5), within(1e-6));
                assertThat(states[6]).isNaN();
            }
        }
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> oscillator(Methods.SBDF2, new FixedSteps(0.1), position(), SaveAt.end(0, 1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one-step method");
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> start = Oscillator.starts(graph.tf(), TFloat64.class, 0);
            assertThatThrownBy(() -> OdeSolver.of(Oscillator.<TFloat64>field(), Methods.RK4, new FixedSteps(0.1))
                            .withGradient(Gradient.DISCRETE_ADJOINT)
                            .withEvent(position())
                            .solve(graph.tf(), start, Values.empty(), SaveAt.end(0, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Gradient.NONE");
        }
        assertThatThrownBy(() -> position().withProbes(3)).hasMessageContaining("3 points");
        assertThatThrownBy(() -> position().withTolerance(-1)).hasMessageContaining("-1.0");
    }
}
