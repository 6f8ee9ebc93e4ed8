package dev.odeon.ode;

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
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Solves used more than once: several in a graph, one in another, differentiated twice and again. */
class SecondUseTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 0.7};
    private static final double[] W = {0.5, -0.3, 0.2, 0.4};
    private static final FixedSteps STEPS = new FixedSteps(0.25);
    private static final SaveAt END = SaveAt.end(0, 1);
    /** Sizes that do not move with the inputs. */
    private static final PidController CHOSEN =
            PidController.of(10, 10).withFirst(0.25).within(0, 0.25).withMaxSteps(10);

    /** A scalar made of u0 [2, 2] and w [2, 2]. */
    @FunctionalInterface
    private interface Loss {
        Operand<TFloat64> of(Ops tf, Operand<TFloat64> u0, Operand<TFloat64> w);
    }

    /** What is asked for, built once and fed. */
    private static final class Fed implements AutoCloseable {
        private final TestGraph graph = new TestGraph();
        private final Values inputs;
        private final Operand<TFloat64> loss;
        private final Values gradients;
        private final Session session;

        Fed(Loss loss) {
            Ops tf = graph.tf();
            this.inputs = Values.of("u0", fed(tf, U0)).with("w", fed(tf, W));
            this.loss = loss.of(tf, inputs.get("u0", TFloat64.class), inputs.get("w", TFloat64.class));
            this.gradients = Gradients.of(tf, this.loss, inputs);
            this.session = graph.quickSession();
        }

        /** The loss and its gradients; always the same fetches, which start slowly but once. */
        double[][] at(double[] u0, double[] w) {
            Shape shape = Shape.of(2, 2);
            try (TFloat64 first = Floats.tensor(TFloat64.class, shape, u0);
                    TFloat64 second = Floats.tensor(TFloat64.class, shape, w);
                    Result result = session.runner()
                            .feed(inputs.get("u0"), first)
                            .feed(inputs.get("w"), second)
                            .fetch(loss)
                            .fetch(gradients.get("u0"))
                            .fetch(gradients.get("w"))
                            .run()) {
                return new double[][] {
                    Floats.read(result.get(0)), Floats.read(result.get(1)), Floats.read(result.get(2))
                };
            }
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    private static Operand<TFloat64> fed(Ops tf, double[] values) {
        Shape shape = Shape.of(2, 2);
        return tf.placeholderWithDefault(Floats.constant(tf, TFloat64.class, shape, values), shape);
    }

    private static final double[] DIRECTION = {0.7, -1.1, 0.6, 0.9};

    private static double[] moved(double[] from, double step) {
        double[] moved = from.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * DIRECTION[i];
        }
        return moved;
    }

    private static void requireFiniteDifferences(Loss loss) {
        try (Fed fed = new Fed(loss)) {
            double[][] found = fed.at(U0, W);
            double h = 1e-3;
            for (int target = 0; target < 2; target++) {
                double[] at = new double[4];
                double[] steps = {h, -h, 2 * h, -2 * h};
                for (int k = 0; k < 4; k++) {
                    at[k] = fed.at(target == 0 ? moved(U0, steps[k]) : U0, target == 1 ? moved(W, steps[k]) : W)[0][0];
                }
                double expected = (8 * (at[0] - at[1]) - (at[2] - at[3])) / (12 * h);
                double along = 0;
                for (int i = 0; i < 4; i++) {
                    along += found[1 + target][i] * DIRECTION[i];
                }
                assertThat(Math.abs(expected)).isGreaterThan(1e-3);
                assertThat(along).isCloseTo(expected, within(1e-8));
            }
        }
    }

    /** u' = tanh(u W) + sin t. */
    private static final VectorField<TFloat64> FIELD = (tf, t, u, theta) ->
            tf.math.add(tf.math.tanh(tf.linalg.matMul(u, theta.get("w", TFloat64.class))), tf.math.sin(t));

    /** The same with J = W W. */
    private static SplitField<TFloat64> split(Ops tf, Operand<TFloat64> w) {
        return new SplitField<>(FIELD, Dense.of(tf.linalg.matMul(w, w), DenseSolve.INVERSE));
    }

    private static Operand<TFloat64> sum(Ops tf, Operand<TFloat64> x) {
        return tf.reduceSum(tf.math.sin(x), tf.range(tf.constant(0), tf.rank(x), tf.constant(1)));
    }

    @Test
    void severalSolvesShareTheirParameters() {
        requireFiniteDifferences((tf, u0, w) -> {
            Values theta = Values.of("w", w);
            Operand<TFloat64> one = OdeSolver.of(FIELD, Methods.RK4, STEPS)
                    .solve(tf, u0, theta, SaveAt.times(0, 0.5, 1))
                    .states();
            Operand<TFloat64> other = OdeSolver.of(split(tf, w), Methods.SBDF2, new FixedSteps(0.1))
                    .withGradient(new DiscreteAdjoint(Checkpointing.revolve(2)))
                    .solve(tf, tf.math.mul(u0, w), theta, END)
                    .last();
            Operand<TFloat64> third = OdeSolver.of(FIELD, Methods.TSIT5, CHOSEN)
                    .withGradient(new ReversibleAdjoint(0.9))
                    .solve(tf, other, theta, END)
                    .last();
            return tf.math.add(sum(tf, one), tf.math.add(sum(tf, other), sum(tf, third)));
        });
    }

    @Test
    void aSolveMayBeALayerThatIsCalledTwice() {
        OdeSolver<TFloat64> solver = OdeSolver.of(FIELD, Methods.DOPRI5, STEPS);
        requireFiniteDifferences((tf, u0, w) -> {
            Values theta = Values.of("w", w);
            Operand<TFloat64> once = solver.solve(tf, u0, theta, END).last();
            return sum(tf, solver.solve(tf, tf.math.square(once), theta, END).last());
        });
    }

    static Stream<Arguments> solvesAroundASolve() {
        Newton tight = Newton.full().withTolerance(1e-13);
        return Stream.of(
                Arguments.of(Methods.RK4, STEPS, Gradient.DISCRETE_ADJOINT, STEPS),
                Arguments.of(Methods.RK4, STEPS, new DiscreteAdjoint(Checkpointing.revolve(2)), CHOSEN),
                Arguments.of(Methods.RK4, STEPS, new ReversibleAdjoint(0.9), STEPS),
                Arguments.of(Methods.RK4, new FixedSteps(0.5), Gradient.BACKPROPAGATION, STEPS),
                Arguments.of(Methods.ABM2, STEPS, Gradient.DISCRETE_ADJOINT, STEPS),
                Arguments.of(Methods.TSIT5, CHOSEN, Gradient.DISCRETE_ADJOINT, STEPS),
                Arguments.of(Methods.SDIRK2.with(tight), STEPS, Gradient.DISCRETE_ADJOINT, STEPS));
    }

    /** The field of the outer solve is where an inner solve ends that starts at its state. */
    @ParameterizedTest
    @MethodSource("solvesAroundASolve")
    void aSolveMayBeInsideTheFieldOfAnother(Method method, StepControl control, Gradient gradient, StepControl inside) {
        OdeSolver<TFloat64> inner = OdeSolver.of(FIELD, Methods.TSIT5, inside);
        VectorField<TFloat64> field = (tf, t, u, theta) ->
                tf.math.sub(inner.solve(tf, u, theta, SaveAt.end(0, 0.5)).last(), tf.math.mul(u, tf.math.cos(t)));
        requireFiniteDifferences((tf, u0, w) -> sum(
                tf,
                OdeSolver.of(field, method, control)
                        .withGradient(gradient)
                        .solve(tf, u0, Values.of("w", w), END)
                        .last()));
    }

    @Test
    void twoLossesOfOneSolutionHaveTheirGradients() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, U0);
            Operand<TFloat64> w = fed(tf, W);
            Solution<TFloat64> solution = OdeSolver.of(split(tf, w), Methods.IMEX_RK3, STEPS)
                    .solve(tf, u0, Values.of("w", w), SaveAt.times(0, 0.5, 1));
            Operand<TFloat64> first = sum(tf, solution.states());
            Operand<TFloat64> second = sum(tf, tf.math.square(solution.last()));
            Values targets = Values.of("u0", u0).with("w", w);
            List<Values> gradients = List.of(
                    Gradients.of(tf, first, targets),
                    Gradients.of(tf, second, targets),
                    Gradients.of(tf, tf.math.add(first, second), targets));
            Session session = graph.quickSession();
            for (String name : targets.names()) {
                double[] one = TestGraph.evaluate(session, gradients.get(0).get(name));
                double[] other = TestGraph.evaluate(session, gradients.get(1).get(name));
                double[] both = TestGraph.evaluate(session, gradients.get(2).get(name));
                for (int i = 0; i < both.length; i++) {
                    assertThat(one[i] + other[i]).isCloseTo(both[i], within(1e-13));
                    assertThat(Math.abs(one[i])).isGreaterThan(1e-3);
                }
            }
            assertThat(TestGraph.evaluateInt(
                            session, solution.backward().orElseThrow().nfe()))
                    .isEqualTo(16);
        }
    }

    static List<Method> methodsToDifferentiateTwice() {
        return List.of(Methods.RK4, Methods.IMEX_RK3, Methods.SBDF2, Methods.ABM3);
    }

    /** A loss made of a gradient: its own gradient holds products with the Hessian. */
    @ParameterizedTest
    @MethodSource("methodsToDifferentiateTwice")
    void backpropagationHasSecondDerivatives(Method method) {
        requireFiniteDifferences((tf, u0, w) ->
                sum(tf, gradientOf(tf, OdeSolver.of(split(tf, w), method, STEPS), Gradient.BACKPROPAGATION, u0, w)));
    }

    private static Operand<TFloat64> gradientOf(
            Ops tf, OdeSolver<TFloat64> solver, Gradient gradient, Operand<TFloat64> u0, Operand<TFloat64> w) {
        Operand<TFloat64> end = solver.withGradient(gradient)
                .solve(tf, u0, Values.of("w", w), END)
                .last();
        return Gradients.of(tf, sum(tf, end), Values.of("w", w)).get("w", TFloat64.class);
    }

    static Stream<Arguments> whatHasNoSecondDerivative() {
        return Stream.of(
                Arguments.of(Methods.RK4, STEPS, Gradient.DISCRETE_ADJOINT, "take Gradient.BACKPROPAGATION"),
                Arguments.of(Methods.TSIT5, CHOSEN, Gradient.DISCRETE_ADJOINT, "take Gradient.BACKPROPAGATION"),
                Arguments.of(Methods.RK4, STEPS, new ReversibleAdjoint(), "take Gradient.BACKPROPAGATION"),
                Arguments.of(Methods.RK4, STEPS, new BacksolveAdjoint(), "take Gradient.BACKPROPAGATION"),
                Arguments.of(Methods.SDIRK2, STEPS, Gradient.BACKPROPAGATION, "implicit-explicit method"));
    }

    @ParameterizedTest
    @MethodSource("whatHasNoSecondDerivative")
    void otherSecondDerivativesAreRefused(Method method, StepControl control, Gradient gradient, String remedy) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, U0);
            Operand<TFloat64> w = fed(tf, W);
            Operand<TFloat64> slope = gradientOf(tf, OdeSolver.of(FIELD, method, control), gradient, u0, w);
            assertThatThrownBy(() -> Gradients.of(tf, sum(tf, slope), Values.of("w", w)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("again")
                    .hasMessageContaining(remedy);
            // The graph is as good as before.
            assertThat(TestGraph.evaluate(graph.quickSession(), tf.math.neg(slope)))
                    .hasSize(4);
        }
    }

    @Test
    void aSolveWithoutGradientSaysSo() {
        for (StepControl control : List.of(STEPS, CHOSEN)) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat64> w = fed(tf, W);
                Operand<TFloat64> end = OdeSolver.of(FIELD, Methods.TSIT5, control)
                        .withGradient(Gradient.NONE)
                        .solve(tf, fed(tf, U0), Values.of("w", w), END)
                        .last();
                assertThatThrownBy(() -> Gradients.of(tf, sum(tf, end), Values.of("w", w)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Gradient.NONE cannot be differentiated: take Gradient.DISCRETE_ADJOINT");
            }
        }
    }

    /** An operation in the user's field to which nobody gave a gradient. */
    @Test
    void anOperationWithoutGradientIsNamed() {
        VectorField<TFloat64> field =
                (tf, t, u, theta) -> tf.math.mul(tf.math.besselI0(tf.math.square(u)), theta.get("w", TFloat64.class));
        for (Gradient gradient : List.of(Gradient.DISCRETE_ADJOINT, Gradient.BACKPROPAGATION)) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat64> w = fed(tf, W);
                assertThatThrownBy(
                                () -> gradientOf(tf, OdeSolver.of(field, Methods.RK4, STEPS), gradient, fed(tf, U0), w))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("BesselI0 has no gradient");
            }
        }
    }
}
