package dev.odeon.adjoint;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Problems;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class GradientTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 0.1, 0.7, -0.4};
    private static final double[] W = {0.5, -0.3, 0.2, 0.1, 0.4, -0.6, 0.3, 0.2, -0.1};
    private static final double[] B = {0.1, -0.2, 0.3};
    private static final double[] J = {-2, 1, 0.3, 0.5, -3, 0.2, 0.1, 0.4, -1.5};
    private static final SaveAt SEVERAL = SaveAt.times(0.1, 0.35, 0.5, 1.0);

    static List<Method> fewMethods() {
        return List.of(Methods.IMEX_RK3, Methods.SBDF2);
    }

    static List<RungeKutta> oneStepMethods() {
        return List.of(
                Methods.IMEX_RK2, Methods.IMEX_RK3, Methods.IMEX_RK4, Methods.IMEX_RK5, Methods.RK4, Methods.DOPRI5);
    }

    private record Numbers(double loss, double[] u0, double[] w, double[] b, double[] j) {}

    private static Numbers run(
            Method method, Gradient gradient, DenseSolve solve, Compilation compilation, double[] w, double[] j) {
        try (TestGraph graph = new TestGraph()) {
            Ops outer = graph.tf();
            Values arguments = Values.of("u0", fed(outer, U0, 2, 3))
                    .with("w", fed(outer, w, 3, 3))
                    .with("b", fed(outer, B, 3))
                    .with("j", fed(outer, j, 3, 3));
            Values results = compilation.run(outer, "gradient", arguments, (tf, values) -> {
                Operand<TFloat64> matrix = values.get("j", TFloat64.class);
                // Steps of 0.1 in intervals of 0.25, 0.15 and 0.5: shortened last steps of two sizes.
                OdeSolver<TFloat64> solver = OdeSolver.of(
                                Problems.trainable(matrix, solve), method, new FixedSteps(0.1))
                        .withGradient(gradient);
                Values theta = Values.of("w", values.get("w")).with("b", values.get("b"));
                Solution<TFloat64> solution = solver.solve(tf, values.get("u0", TFloat64.class), theta, SEVERAL);
                Operand<TFloat64> weights = tf.constant(new double[][][] {{{1}}, {{-2}}, {{3}}, {{0.5}}});
                Operand<TFloat64> loss = tf.reduceSum(
                        tf.math.mul(weights, tf.math.sin(solution.states())), tf.constant(new int[] {0, 1, 2}));
                return Values.of("loss", loss)
                        .and(Gradients.of(tf, loss, values).prefixed("d"));
            });
            // XLA compiles in any session; the graph as users run it, optimised, is tested with the first method.
            boolean optimised = method.equals(Methods.IMEX_RK2);
            Session.Runner runner = (optimised ? graph.session() : graph.quickSession()).runner();
            for (String name : List.of("loss", "du0", "dw", "db", "dj")) {
                runner.fetch(results.get(name));
            }
            try (Result result = runner.run()) {
                return new Numbers(
                        Floats.read(result.get(0))[0],
                        Floats.read(result.get(1)),
                        Floats.read(result.get(2)),
                        Floats.read(result.get(3)),
                        Floats.read(result.get(4)));
            }
        }
    }

    private static void assertClose(double[] actual, double[] expected, double relative) {
        double scale = 0;
        for (double x : expected) {
            scale = Math.max(scale, Math.abs(x));
        }
        assertThat(scale).isPositive();
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(relative * scale));
        }
    }

    private static void assertSame(Numbers actual, Numbers expected, double relative) {
        assertThat(actual.loss()).isCloseTo(expected.loss(), within(relative * Math.abs(expected.loss())));
        assertClose(actual.u0(), expected.u0(), relative);
        assertClose(actual.w(), expected.w(), relative);
        assertClose(actual.b(), expected.b(), relative);
        assertClose(actual.j(), expected.j(), relative);
    }

    @ParameterizedTest
    @MethodSource("fewMethods")
    void luAndInverseGiveTheSameGradient(Method method) {
        Numbers inverse = run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.INVERSE, Compilation.EXECUTOR, W, J);
        assertSame(run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.LU, Compilation.EXECUTOR, W, J), inverse, 1e-12);
    }

    /** One method: XLA takes long to compile the inversion of a trainable matrix. */
    @Test
    void xlaGivesTheSameGradient() {
        Method method = Methods.IMEX_RK2;
        assertSame(
                run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.INVERSE, Compilation.XLA, W, J),
                run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.INVERSE, Compilation.EXECUTOR, W, J),
                1e-10);
    }

    @ParameterizedTest
    @MethodSource("fewMethods")
    void theAdjointEqualsFiniteDifferences(Method method) {
        Numbers adjoint = run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.LU, Compilation.EXECUTOR, W, J);
        double h = 1e-5;
        for (int i : new int[] {0, 5}) {
            double[] up = W.clone();
            double[] down = W.clone();
            up[i] += h;
            down[i] -= h;
            double difference = (run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.LU, Compilation.EXECUTOR, up, J)
                                    .loss()
                            - run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.LU, Compilation.EXECUTOR, down, J)
                                    .loss())
                    / (2 * h);
            assertThat(adjoint.w()[i]).isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
        }
        for (int i : new int[] {1, 8}) {
            double[] up = J.clone();
            double[] down = J.clone();
            up[i] += h;
            down[i] -= h;
            double difference = (run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.LU, Compilation.EXECUTOR, W, up)
                                    .loss()
                            - run(method, Gradient.DISCRETE_ADJOINT, DenseSolve.LU, Compilation.EXECUTOR, W, down)
                                    .loss())
                    / (2 * h);
            assertThat(adjoint.j()[i]).isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
        }
    }

    /** A scalar linear problem u' = c u solved implicitly, c trainable, as the decay of graph diffusion. */
    @ParameterizedTest
    @MethodSource("fewMethods")
    void theCoefficientOfTheImplicitPartGetsItsGradient(Method method) {
        double c = -0.7;
        double h = 1e-5;
        double gradient = decay(method, c)[1];
        double difference = (decay(method, c + h)[0] - decay(method, c - h)[0]) / (2 * h);
        assertThat(gradient).isCloseTo(difference, within(1e-6 * Math.abs(difference)));
    }

    private static double[] decay(Method method, double c) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> coefficient = tf.constant(c);
            SplitField<TFloat64> field =
                    new SplitField<>((inner, t, u, theta) -> inner.math.sin(u), ScaledIdentity.of(coefficient));
            Solution<TFloat64> solution = OdeSolver.of(field, method, new FixedSteps(0.3))
                    .solve(tf, tf.constant(new double[][] {{1.0, 2.0}}), Values.empty(), SaveAt.end(0, 2));
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Values gradient = Gradients.of(tf, loss, Values.of("c", coefficient));
            Session session = graph.session();
            return new double[] {TestGraph.evaluate(session, loss)[0], TestGraph.evaluate(session, gradient.get("c"))[0]
            };
        }
    }

    @ParameterizedTest
    @MethodSource("oneStepMethods")
    void evaluationsAreCountedInTheLoops(RungeKutta method) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = tf.constant(new double[][] {{1.0, 2.0}});
            SplitField<TFloat64> field =
                    new SplitField<>((inner, t, u, theta) -> inner.math.sin(u), ScaledIdentity.of(-1));
            Solution<TFloat64> solution = OdeSolver.of(field, method, new FixedSteps(1))
                    .solve(tf, u0, Values.empty(), SaveAt.end(0, 18.2948));
            assertThat(solution.backward()).isEmpty();
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Values gradient = Gradients.of(tf, loss, Values.of("u0", u0));
            Session session = graph.session();
            assertThat(TestGraph.evaluateInt(session, solution.statistics().nfe()))
                    .isEqualTo(19 * method.stages());
            assertThat(TestGraph.evaluateInt(
                            session, solution.backward().orElseThrow().nfe()))
                    .isEqualTo(19 * method.stages());
            assertThat(TestGraph.evaluate(session, gradient.get("u0"))).hasSize(2);
        }
    }

    @Test
    void aFieldThatBlowsUpEndsWithItsOutcome() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = tf.fill(tf.constant(Shape.of(1, 2).asArray()), tf.constant(1.0));
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.mul(u, inner.constant(-1e6)),
                            Methods.RK4,
                            new FixedSteps(1))
                    .solve(tf, u0, Values.empty(), SaveAt.end(0, 1000));
            Session session = graph.session();
            int code = TestGraph.evaluateInt(session, solution.outcome());
            assertThat(Outcome.ofCode(code)).isEqualTo(Outcome.NON_FINITE);
            assertThat(TestGraph.evaluateInt(session, solution.statistics().accepted()))
                    .isLessThan(30);
        }
    }
}
