package dev.odeon.adjoint.backward;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.graph.Floats;
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
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.tolerances.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** A gradient whose way back went astray says so, sample by sample. */
class UnreliableGradientTest {

    private record Numbers(double[] ofState, double ofParameter, List<Outcome> outcomes) {}

    /**
     * u' = rate (u - p cos(frequency t)), the relaxation linear, and the gradient of the weighted sum of the states at the end.
     */
    private static <T extends TFloating> Numbers run(
            Class<T> type,
            double rate,
            double frequency,
            double[] u0,
            double[] weights,
            Method method,
            StepControl control,
            Gradient gradient,
            SaveAt saveAt) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments =
                    Values.of("u0", fed(tf, type, u0, u0.length, 1)).with("p", fed(tf, type, new double[] {1}, 1, 1));
            SplitField<T> field = new SplitField<>(
                    (inner, t, u, theta) -> {
                        Operand<T> phase = inner.math.mul(t, Floats.scalar(inner, type, frequency));
                        Operand<T> target = inner.math.mul(theta.get("p", type), inner.math.cos(phase));
                        return inner.math.add(
                                inner.math.mul(target, Floats.scalar(inner, type, -rate)), inner.zerosLike(u));
                    },
                    Diagonal.of(rate));
            Solution<T> solution = OdeSolver.of(field, method, control)
                    .withGradient(gradient)
                    .solve(tf, arguments.get("u0", type), Values.of("p", arguments.get("p")), saveAt);
            Operand<T> weighted = tf.math.mul(solution.states(), fed(tf, type, weights, 1, weights.length, 1));
            Values gradients = Gradients.of(tf, tf.reduceSum(weighted, tf.constant(new int[] {0, 1, 2})), arguments);
            Session.Runner runner = graph.quickSession()
                    .runner()
                    .fetch(gradients.get("u0"))
                    .fetch(gradients.get("p"))
                    .fetch(solution.backwardOutcome().orElse(solution.outcome()));
            try (Result result = runner.run()) {
                return new Numbers(
                        Floats.read(result.get(0)), Floats.read(result.get(1))[0], Outcome.each(result.get(2)));
            }
        }
    }

    private static Numbers run(Method method, StepControl control, Gradient gradient, double rate, double end) {
        return run(
                TFloat64.class,
                rate,
                rate == -4 ? 0 : 1,
                new double[] {1},
                new double[] {1},
                method,
                control,
                gradient,
                SaveAt.end(0, end));
    }

    /** u' = 4 (1 - u) to 10: the reversible solve itself blows up. */
    @ParameterizedTest
    @ValueSource(strings = {"tsit5", "dopri5", "bosh3"})
    void theReversibleWayBackComparesWhatItFindsWithTheInitialState(String name) {
        PidController control = PidController.of(1e-6, 1e-6).withMaxSteps(2000);
        for (double u0 : new double[] {0.5, 0}) {
            Numbers numbers = run(
                    TFloat64.class,
                    -4,
                    0,
                    new double[] {u0},
                    new double[] {1},
                    Methods.named(name),
                    control,
                    new ReversibleAdjoint(),
                    SaveAt.end(0, 10));
            assertThat(numbers.outcomes()).containsExactly(Outcome.UNRELIABLE_GRADIENT);
            assertThat(numbers.ofParameter()).isNaN();
            assertThat(numbers.ofState()[0]).isNaN();
        }
    }

    /** y' = -1000 (y - p cos t), also from y(0) = 1, which the way back finds again: dL/dp is 0.5412, not -5.99. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1})
    void stepsBackThatDoNotResolveTheAdjointAreNoticed(double u0) {
        double[] start = {u0};
        double[] weights = {1};
        StepControl steps = new FixedSteps(0.01);
        for (Method method : List.of(Methods.SBDF2, Methods.CNAB2, Methods.IMEX_RK2)) {
            Numbers back = run(
                    TFloat64.class, -1000, 1, start, weights, method, steps, new BacksolveAdjoint(), SaveAt.end(0, 1));
            assertThat(back.outcomes()).as(method.name()).containsExactly(Outcome.UNRELIABLE_GRADIENT);
            assertThat(back.ofParameter()).isNaN();
        }
        Numbers exact = run(
                TFloat64.class,
                -1000,
                1,
                start,
                weights,
                Methods.SBDF2,
                steps,
                Gradient.DISCRETE_ADJOINT,
                SaveAt.end(0, 1));
        assertThat(exact.ofParameter()).isCloseTo(0.5412, within(1e-3));
    }

    static Stream<Arguments> healthy() {
        return Stream.of(
                Arguments.of(Methods.RK4, new FixedSteps(0.02), new ReversibleAdjoint(0.9), -1.0),
                Arguments.of(Methods.IMEX_RK3, new FixedSteps(0.02), new ReversibleAdjoint(0.9), -1.0),
                Arguments.of(
                        Methods.TSIT5,
                        PidController.of(1e-4, 1e-4).withMaxSteps(100),
                        new ReversibleAdjoint(0.9),
                        -0.3),
                Arguments.of(Methods.RK4, new FixedSteps(0.02), new BacksolveAdjoint(), -3.0),
                Arguments.of(Methods.SBDF2, new FixedSteps(0.01), new BacksolveAdjoint(), -3.0),
                Arguments.of(Methods.TSIT5, PidController.of(1e-4, 1e-4), new BacksolveAdjoint(), -3.0));
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void gradientsOfBothPrecisionsAreLetThrough(Method method, StepControl control, Gradient gradient, double rate) {
        for (Class<? extends TFloating> type : List.of(TFloat64.class, TFloat32.class)) {
            for (SaveAt saveAt : kept(control, gradient)) {
                double[] weights = {1, -0.5};
                double[] start = {0.4, 2};
                Numbers found = run(type, rate, 1, start, weights, method, control, gradient, saveAt);
                assertThat(found.outcomes()).containsOnly(Outcome.SUCCESS).hasSize(2);
                Numbers exact = run(
                        TFloat64.class,
                        rate,
                        1,
                        start,
                        weights,
                        Methods.RK4,
                        new FixedSteps(0.01),
                        Gradient.DISCRETE_ADJOINT,
                        saveAt);
                assertThat(found.ofParameter()).isCloseTo(exact.ofParameter(), within(2e-3));
            }
        }
    }

    private static List<SaveAt> kept(StepControl control, Gradient gradient) {
        List<SaveAt> kept = new ArrayList<>(List.of(SaveAt.end(0, 1)));
        if (!(control instanceof PidController && gradient instanceof ReversibleAdjoint)) {
            kept.add(SaveAt.times(0, 0.5, 1));
        }
        return kept;
    }

    static Stream<Arguments> periodic() {
        StepControl chosen = PidController.of(1e-6, 1e-6).withMaxSteps(300);
        return Stream.of(TFloat64.class, TFloat32.class)
                .flatMap(type -> Stream.of(
                        Arguments.of(Methods.RK4, new FixedSteps(0.05), new ReversibleAdjoint(), type),
                        Arguments.of(Methods.TSIT5, chosen, new ReversibleAdjoint(), type),
                        Arguments.of(Methods.RK4, new FixedSteps(0.05), new BacksolveAdjoint(), type),
                        Arguments.of(Methods.TSIT5, chosen, new BacksolveAdjoint(), type)));
    }

    /** u' = k cos(2 pi t) from 0 over a period, and u(1/2) = 0 as well: rounding is large beside the ends, not beside the way. */
    @ParameterizedTest
    @MethodSource("periodic")
    <T extends TFloating> void statesNearZeroAtBothEndsAreComparedInUnitsOfThoseBetween(
            Method method, StepControl control, Gradient gradient, Class<T> type) {
        double[] k = {1e-3, 1, 300};
        for (SaveAt saveAt : kept(control, gradient)) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<T> u0 = fed(tf, type, new double[3], 3, 1);
                Operand<T> factors = fed(tf, type, k, 3, 1);
                Solution<T> solution = OdeSolver.<T>of(
                                (inner, t, u, theta) -> inner.math.mul(
                                        inner.math.cos(inner.math.mul(t, Floats.scalar(inner, type, 2 * Math.PI))),
                                        theta.get("k", type)),
                                method,
                                control)
                        .withGradient(gradient)
                        .solve(tf, u0, Values.of("k", factors), saveAt);
                Values gradients = Gradients.of(
                        tf,
                        tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1})),
                        Values.of("u0", u0).with("k", factors));
                try (Result result = graph.quickSession()
                        .runner()
                        .fetch(gradients.get("u0"))
                        .fetch(gradients.get("k"))
                        .fetch(solution.backwardOutcome().orElseThrow())
                        .run()) {
                    assertThat(Outcome.each(result.get(2)))
                            .containsOnly(Outcome.SUCCESS)
                            .hasSize(3);
                    assertThat(Floats.read(result.get(0))).containsExactly(new double[] {1, 1, 1}, within(1e-5));
                    assertThat(Floats.read(result.get(1))).containsExactly(new double[3], within(1e-4));
                }
            }
        }
    }

    /** (u, v)' = (-u / 10, -24 (v - 1) - v^2 / 2), where errors of u do not matter: those of v do, however small it is. */
    @Test
    void componentsAreJudgedByTheirOwnTolerances() {
        for (double ofFirst : new double[] {1e-9, 10}) {
            PidController control = PidController.of(1e-9, 1e-9).withAbsolute(Tolerance.of(ofFirst, 1e-9));
            assertThat(decayBesideAnother(control)).as("%s", ofFirst).containsExactly(Outcome.UNRELIABLE_GRADIENT);
        }
    }

    private static List<Outcome> decayBesideAnother(PidController control) {
        return backsolved(
                (tf, t, u, theta) -> tf.math.sub(
                        tf.math.add(
                                tf.math.mul(u, tf.constant(new double[] {-0.1, -24})),
                                tf.constant(new double[] {0, 24})),
                        tf.math.mul(tf.math.square(u), tf.constant(new double[] {0, 0.5}))),
                new double[] {1, 2},
                control);
    }

    /** u' = -9 (u + sin u) cannot be found again; a component of other units, which rests, does not hide it. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 100, 1e4})
    void aLargeComponentHidesNoSmallOne(double large) {
        assertThat(backsolved(
                        (tf, t, u, theta) ->
                                tf.math.mul(tf.math.add(u, tf.math.sin(u)), tf.constant(new double[] {0, -9})),
                        new double[] {large, 1},
                        PidController.of(1e-6, 1e-6)))
                .containsExactly(Outcome.UNRELIABLE_GRADIENT);
    }

    /** The outcomes of the way back of one sample to t = 1, whose gradients are no numbers. */
    private static List<Outcome> backsolved(VectorField<TFloat64> field, double[] start, PidController control) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, TFloat64.class, start, 1, 2);
            Solution<TFloat64> solution = OdeSolver.of(field, Methods.TSIT5, control)
                    .withGradient(new BacksolveAdjoint())
                    .solve(tf, u0, Values.empty(), SaveAt.end(0, 1));
            Values gradients =
                    Gradients.of(tf, tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1})), Values.of("u0", u0));
            try (Result result = graph.quickSession()
                    .runner()
                    .fetch(gradients.get("u0"))
                    .fetch(solution.backwardOutcome().orElseThrow())
                    .run()) {
                assertThat(Floats.read(result.get(0))).containsOnly(Double.NaN);
                return Outcome.each(result.get(1));
            }
        }
    }

    static Stream<Arguments> masked() {
        return Stream.of(
                Arguments.of(Methods.RK4, new FixedSteps(0.05), new ReversibleAdjoint(), TFloat64.class),
                Arguments.of(Methods.RK4, new FixedSteps(0.05), new ReversibleAdjoint(), TFloat32.class),
                Arguments.of(Methods.RK4, new FixedSteps(0.01), new BacksolveAdjoint(), TFloat64.class),
                Arguments.of(Methods.RK4, new FixedSteps(0.01), new BacksolveAdjoint(), TFloat32.class));
    }

    /** u' = c (u - 1) with a rate c for each sample: the second decays faster than the way back bears. */
    @ParameterizedTest
    @MethodSource("masked")
    void aSampleThatTheLossLeavesOutDisturbsNoOther(
            Method method, StepControl control, Gradient gradient, Class<? extends TFloating> type) {
        Numbers masked = decays(type, new double[] {1, 0, 1}, method, control, gradient);
        assertThat(masked.outcomes()).containsExactly(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS);
        double expected = sensitivity(-0.01) + sensitivity(-0.02);
        assertThat(masked.ofState()).containsExactly(new double[] {Math.exp(-0.01), 0, Math.exp(-0.02)}, within(1e-3));
        assertThat(masked.ofParameter()).isCloseTo(expected, within(2e-3));
        Numbers all = decays(type, new double[] {1, 1, 1}, method, control, gradient);
        assertThat(all.outcomes()).containsExactly(Outcome.SUCCESS, Outcome.UNRELIABLE_GRADIENT, Outcome.SUCCESS);
        assertThat(all.ofState()[0]).isCloseTo(Math.exp(-0.01), within(1e-3));
        assertThat(all.ofState()[1]).isNaN();
        assertThat(all.ofState()[2]).isCloseTo(Math.exp(-0.02), within(1e-3));
        assertThat(all.ofParameter()).isNaN();
    }

    /** That of u(1) to p in u' = c (u - 1) + p u, at p = 0 and u(0) = 2. */
    private static double sensitivity(double c) {
        return Math.expm1(c) / c + Math.exp(c);
    }

    /** With respect to the initial states, all 2, and to p in u' = c (u - 1) + p u. */
    private static <T extends TFloating> Numbers decays(
            Class<T> type, double[] weights, Method method, StepControl control, Gradient gradient) {
        double[] rates = {-0.01, -40, -0.02};
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.of("u0", fed(tf, type, new double[] {2, 2, 2}, 3, 1))
                    .with("p", fed(tf, type, new double[] {0}, 1, 1));
            Solution<T> solution = OdeSolver.<T>of(
                            (inner, t, u, theta) -> inner.math.add(
                                    inner.math.mul(
                                            inner.math.sub(u, Floats.scalar(inner, type, 1)),
                                            Floats.constant(inner, type, Shape.of(3, 1), rates)),
                                    inner.math.mul(u, theta.get("p", type))),
                            method,
                            control)
                    .withGradient(gradient)
                    .solve(tf, arguments.get("u0", type), Values.of("p", arguments.get("p")), SaveAt.end(0, 1));
            Operand<T> weighted = tf.math.mul(solution.last(), fed(tf, type, weights, 3, 1));
            Values gradients = Gradients.of(tf, tf.reduceSum(weighted, tf.constant(new int[] {0, 1})), arguments);
            try (Result result = graph.quickSession()
                    .runner()
                    .fetch(gradients.get("u0"))
                    .fetch(gradients.get("p"))
                    .fetch(solution.backwardOutcome().orElseThrow())
                    .run()) {
                return new Numbers(
                        Floats.read(result.get(0)), Floats.read(result.get(1))[0], Outcome.each(result.get(2)));
            }
        }
    }

    @Test
    void withoutComparisonTheWrongGradientComesThrough() {
        Numbers back = run(
                Methods.SBDF2,
                new FixedSteps(0.01),
                new BacksolveAdjoint().withTolerance(Double.POSITIVE_INFINITY),
                -1000,
                1);
        assertThat(back.ofParameter()).isCloseTo(-5.99, within(0.01));
        assertThat(back.outcomes()).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void aToleranceThatAllowsNothingIsRefused() {
        for (double tolerance : new double[] {0, -1, Double.NaN}) {
            assertThatThrownBy(() -> new ReversibleAdjoint().withTolerance(tolerance))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tolerance of the way back is " + tolerance);
            assertThatThrownBy(() -> new BacksolveAdjoint().withTolerance(tolerance))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give a positive number");
        }
    }
}
