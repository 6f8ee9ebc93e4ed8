package dev.odeon.adjoint.step;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Problems;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
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
import org.tensorflow.types.TFloat64;

class ReversibleTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 0.1, 0.7, -0.4};
    private static final double[] W = {0.5, -0.3, 0.2, 0.1, 0.4, -0.6, 0.3, 0.2, -0.1};
    private static final double[] B = {0.1, -0.2, 0.3};
    private static final double[] J = {-2, 1, 0.3, 0.5, -3, 0.2, 0.1, 0.4, -1.5};

    /** One graph for a solve, into which the values can be fed. */
    private static final class Case implements AutoCloseable {
        private final TestGraph graph = new TestGraph();
        private final Values inputs;
        private final Operand<TFloat64> loss;
        private final Values gradients;

        Case(Method method, StepControl control, Gradient gradient, SaveAt saveAt) {
            Ops tf = graph.tf();
            inputs = Values.of("u0", fed(tf, U0, 2, 3))
                    .with("w", fed(tf, W, 3, 3))
                    .with("b", fed(tf, B, 3))
                    .with("j", fed(tf, J, 3, 3));
            Operand<TFloat64> matrix = inputs.get("j", TFloat64.class);
            Solution<TFloat64> solution = OdeSolver.of(Problems.trainable(matrix, DenseSolve.INVERSE), method, control)
                    .withGradient(gradient)
                    .solve(
                            tf,
                            inputs.get("u0", TFloat64.class),
                            Values.of("w", inputs.get("w")).with("b", inputs.get("b")),
                            saveAt);
            loss = tf.reduceSum(tf.math.sin(solution.states()), tf.constant(new int[] {0, 1, 2}));
            gradients = Gradients.of(tf, loss, inputs);
        }

        double loss(String name, double[] value, long... shape) {
            try (TFloat64 fed = TFloat64.tensorOf(
                            Shape.of(shape),
                            t -> t.asRawTensor().data().asDoubles().write(value));
                    Result result = graph.quickSession()
                            .runner()
                            .feed(inputs.get(name).asOutput(), fed)
                            .fetch(loss)
                            .run()) {
                return ((TFloat64) result.get(0)).getDouble();
            }
        }

        List<double[]> gradients() {
            Session.Runner runner = graph.quickSession().runner();
            gradients.operands().forEach(runner::fetch);
            try (Result result = runner.run()) {
                List<double[]> all = new ArrayList<>();
                for (int i = 0; i < gradients.size(); i++) {
                    TFloat64 tensor = (TFloat64) result.get(i);
                    double[] copy = new double[(int) tensor.size()];
                    tensor.asRawTensor().data().asDoubles().read(copy);
                    all.add(copy);
                }
                return all;
            }
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    /** With steps chosen on a ladder of sizes, and without; {@link GradientMatrixTest} has the other methods. */
    static Stream<Arguments> solves() {
        SaveAt several = SaveAt.times(0.1, 0.35, 0.5, 1.0);
        PidController control = PidController.of(1e-4, 1e-4).withMaxSteps(100);
        return Stream.of(
                Arguments.of(Methods.IMEX_RK3, new FixedSteps(0.1), several),
                Arguments.of(Methods.IMEX_RK3, control, SaveAt.end(0, 2)));
    }

    @ParameterizedTest
    @MethodSource("solves")
    void theGradientIsThatOfTheStepsTaken(Method method, StepControl control, SaveAt saveAt) {
        try (Case reversible = new Case(method, control, new ReversibleAdjoint(0.9), saveAt)) {
            List<double[]> gradients = reversible.gradients();
            double h = 1e-5;
            String[] names = {"u0", "w", "b", "j"};
            double[][] values = {U0, W, B, J};
            long[][] shapes = {{2, 3}, {3, 3}, {3}, {3, 3}};
            for (int k = 0; k < names.length; k++) {
                for (int i : new int[] {0, values[k].length - 1}) {
                    double[] up = values[k].clone();
                    double[] down = values[k].clone();
                    up[i] += h;
                    down[i] -= h;
                    double difference =
                            (reversible.loss(names[k], up, shapes[k]) - reversible.loss(names[k], down, shapes[k]))
                                    / (2 * h);
                    // Chosen sizes move with the values; their share of the difference is of the size of the tolerance.
                    double bar = control instanceof FixedSteps ? 1e-7 : 1e-3;
                    assertThat(gradients.get(k)[i])
                            .describedAs("%s[%d]", names[k], i)
                            .isCloseTo(difference, within(bar * Math.max(1, Math.abs(difference))));
                }
            }
        }
    }

    /** The first sample is done in fewer steps than the second, and rests while that goes on. */
    @Test
    void samplesWithTheirOwnStepsAreFoundAgainAndHaveTheGradientsTheyHaveAlone() {
        double[] start = {0.3, 5};
        double[][] together = ownSteps(start);
        assertThat(together[1]).containsExactly(start, within(1e-12));
        for (int sample = 0; sample < start.length; sample++) {
            assertThat(together[0][sample]).isCloseTo(ownSteps(start[sample])[0][0], within(1e-11));
        }
    }

    /** The gradient with respect to the initial states of u' = sin u^2, and these states as the way back finds them. */
    private static double[][] ownSteps(double... start) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, start, start.length, 1);
            PidController control = PidController.of(1e-2, 1e-2)
                    .with(PidController.Scope.EACH_SAMPLE)
                    .withMaxSteps(200);
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.sin(inner.math.square(u)),
                            Methods.BOGACKI_SHAMPINE3,
                            control)
                    .withGradient(new ReversibleAdjoint(0.9))
                    .solve(tf, u0, Values.empty(), SaveAt.end(0, 1));
            Operand<TFloat64> loss = tf.reduceSum(tf.math.sin(solution.last()), tf.constant(new int[] {0, 1}));
            Operand<TFloat64> gradient =
                    Gradients.of(tf, loss, Values.of("u0", u0)).get("u0", TFloat64.class);
            Session session = graph.quickSession();
            return new double[][] {
                TestGraph.evaluate(session, gradient),
                TestGraph.evaluate(session, solution.reconstructed().orElseThrow())
            };
        }
    }

    static Stream<Method> methods() {
        return Stream.of(Methods.HEUN, Methods.RK4, Methods.IMEX_RK2, Methods.IMEX_RK3, Methods.IMEX_RK4);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void itKeepsTheOrderOfTheMethod(Method method) {
        double coarse = error(method, 0.05);
        double fine = error(method, 0.025);
        double slope = Math.log(coarse / fine) / Math.log(2);
        assertThat(slope).isCloseTo(method.order(), within(0.3));
    }

    /** The error at the end of a problem whose exact solution is cos(t + k). */
    private static double error(Method method, double step) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            double[] start = {1, Math.cos(1)};
            Solution<TFloat64> solution = OdeSolver.of(Problems.<TFloat64>forced(-1, -2), method, new FixedSteps(step))
                    .withGradient(new ReversibleAdjoint(0.5))
                    .solve(tf, fed(tf, start, 1, 2), Values.empty(), SaveAt.end(0, 2));
            double[] end = TestGraph.evaluate(graph.quickSession(), solution.last());
            return Math.hypot(end[0] - Math.cos(2), end[1] - Math.cos(3));
        }
    }

    /**
     * u' = rate u, 50 steps of 0.1 there and back.
     *
     * @param end what the solve ended with, from 1
     * @param roundTrip how far from 1 the way back ended
     */
    private record Decay(double end, double roundTrip) {}

    private static Decay decay(Method method, double rate, double coupling) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, new double[] {1}, 1, 1);
            SplitField<TFloat64> field =
                    new SplitField<>((inner, t, u, theta) -> inner.zerosLike(u), ScaledIdentity.of(rate));
            Solution<TFloat64> solution = OdeSolver.of(field, method, new FixedSteps(0.1))
                    .withGradient(new ReversibleAdjoint(coupling))
                    .solve(tf, u0, Values.empty(), SaveAt.end(0, 5));
            Gradients.of(tf, tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1})), Values.of("u0", u0));
            Session session = graph.quickSession();
            return new Decay(
                    TestGraph.evaluate(session, solution.last())[0],
                    Math.abs(
                            TestGraph.evaluate(session, solution.reconstructed().orElseThrow())[0] - 1));
        }
    }

    /** The scheme follows u' = c u where R(h c), the factor of one step of the method, is not below the coupling. */
    @Test
    void decayBelowTheCouplingBreaksIt() {
        assertThat(decay(Methods.IMEX_RK3, -1, 0.999).roundTrip()).isLessThan(1e-12);
        assertThat(decay(Methods.IMEX_RK3, -5, 0.5).roundTrip()).isLessThan(1e-10);
        assertThat(decay(Methods.RK4, -5, 0.5).roundTrip()).isLessThan(1e-10);
        assertThat(decay(Methods.IMEX_RK3, -5, 0.999).roundTrip()).isGreaterThan(1);
        assertThat(decay(Methods.RK4, -5, 0.999).roundTrip()).isGreaterThan(1);
        assertThat(decay(Methods.IMEX_RK3, -10, 0.5).roundTrip()).isGreaterThan(1e5);
    }

    /** Far on the stiff side both steps damp to nothing: the way back is exact, but what it goes back over is wrong. */
    @Test
    void stiffDecayIsNotFollowed() {
        Decay stiff = decay(Methods.IMEX_RK3, -2000, 0.999);
        assertThat(stiff.roundTrip()).isLessThan(1e-12);
        assertThat(Math.abs(stiff.end())).isGreaterThan(0.1);
    }

    /** Two masses on springs: x'' = -k x + c (other - x). */
    private static Operand<TFloat64> oscillators(Ops tf, Operand<TFloat64> t, Operand<TFloat64> u, Values theta) {
        double[] matrix = {0, 0, -1.5, 0.5, 0, 0, 0.5, -1.2, 1, 0, 0, 0, 0, 1, 0, 0};
        return tf.linalg.matMul(u, Floats.constant(tf, TFloat64.class, Shape.of(4, 4), matrix));
    }

    @Test
    void tenThousandStepsThereAndBackEndWhereTheyBegan() {
        ReversibleAdjoint gradient = new ReversibleAdjoint();
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, new double[] {1, -0.5, 0.2, 0.3}, 1, 4);
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            ReversibleTest::oscillators, Methods.RK4, new FixedSteps(0.01))
                    .withGradient(gradient)
                    .solve(tf, u0, Values.empty(), SaveAt.end(0, 100));
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Gradients.of(tf, loss, Values.of("u0", u0));
            double[] first = TestGraph.evaluate(
                    graph.quickSession(), solution.reconstructed().orElseThrow());
            double[] expected = {1, -0.5, 0.2, 0.3};
            for (int i = 0; i < 4; i++) {
                assertThat(first[i]).isCloseTo(expected[i], within(1e-8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbdf2", "sbdf1", "ab1", "abm1", "bdf1", "prox-bdf2"})
    void multistepMethodsAreRefusedAlsoThoseOfOrderOne(String name) {
        assertThatThrownBy(() ->
                        new Case(Methods.named(name), new FixedSteps(0.1), new ReversibleAdjoint(), SaveAt.end(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name + " looks back over several steps");
    }

    @Test
    void aCouplingOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> new ReversibleAdjoint(0)).hasMessageContaining("coupling is 0");
        assertThatThrownBy(() -> new ReversibleAdjoint(1.5)).hasMessageContaining("coupling is 1.5");
    }
}
