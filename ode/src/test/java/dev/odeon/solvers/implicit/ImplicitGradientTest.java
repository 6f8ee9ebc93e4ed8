package dev.odeon.solvers.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The gradients of methods that solve nonlinear equations in their steps. */
class ImplicitGradientTest {

    private static final String LOSS = "loss";
    private static final SaveAt END = SaveAt.end(0, 0.8);
    private static final InnerOptimiser DESCENT = new InnerOptimiser(1e-14, 2000, InnerOptimiser.Rule.LBFGS, 0.5);

    /** Two samples of one component, for the graphs of all methods, or of two, whose Jacobian is not symmetric. */
    private static Map<String, double[]> inputs(int width) {
        Map<String, double[]> inputs = new LinkedHashMap<>();
        inputs.put("u0", width == 1 ? new double[] {0.9, -0.6} : new double[] {0.3, -0.2, 0.5, 0.1});
        inputs.put("w", width == 1 ? new double[] {0.7} : new double[] {0.5, -0.3, 0.9, 0.4});
        inputs.put("a", width == 1 ? new double[] {-0.8} : new double[] {-3, -0.6});
        return inputs;
    }

    /** u' = tanh(u W + sin t) + a (u + u^3). */
    private static <T extends TFloating> NonlinearSplit<T> field() {
        return NonlinearSplit.of(
                (tf, t, u, theta) ->
                        tf.math.tanh(tf.math.add(tf.linalg.matMul(u, theta.get("w", u.type())), tf.math.sin(t))),
                (tf, t, u, theta) -> {
                    Operand<T> cubic = tf.math.add(u, tf.math.mul(u, tf.math.square(u)));
                    return tf.math.mul(theta.get("a", u.type()), cubic);
                });
    }

    /** A solve with its loss and gradients; run with other inputs by feeding them. */
    private static final class Built<T extends TFloating> implements AutoCloseable {
        private final TestGraph graph = new TestGraph();
        private final Class<T> type;
        private final int width;
        private final Values inputs;
        private final Operand<T> loss;
        private final Values gradients;
        private final Solution<T> solution;
        private final Session session;

        Built(
                Class<T> type,
                int width,
                NonlinearSplit<T> field,
                Method method,
                StepControl control,
                SaveAt saveAt,
                Gradient gradient) {
            this.type = type;
            this.width = width;
            Ops tf = graph.tf();
            Values fed = Values.empty();
            for (String name : inputs(width).keySet()) {
                Shape shape = shape(name);
                Operand<T> value = Floats.constant(
                        tf, type, shape, Objects.requireNonNull(inputs(width).get(name)));
                // Not a constant: TensorFlow would compute unrolled steps while optimising the graph.
                fed = fed.with(name, tf.placeholderWithDefault(value, shape));
            }
            this.inputs = fed;
            this.solution = OdeSolver.of(field, method, control)
                    .withGradient(gradient)
                    .solve(tf, fed.get("u0", type), Values.of("w", fed.get("w")).with("a", fed.get("a")), saveAt);
            Operand<T> weighted =
                    tf.math.mul(tf.math.sin(solution.states()), Floats.constant(tf, type, Shape.of(2), 1, -0.5));
            this.loss = tf.reduceSum(weighted, tf.constant(new int[] {0, 1, 2}));
            this.gradients = Gradients.of(tf, loss, inputs);
            this.session = graph.quickSession();
        }

        private Shape shape(String name) {
            return switch (name) {
                case "a" -> Shape.of(width);
                case "w" -> Shape.of(width, width);
                default -> Shape.of(2, width);
            };
        }

        /** The loss under its name, and its gradients; always the same fetches, which TensorFlow optimises only once. */
        Map<String, double[]> run(Map<String, double[]> values) {
            Session.Runner runner = session.runner();
            List<T> fed = new ArrayList<>();
            for (String name : inputs.names()) {
                T tensor = Floats.tensor(type, shape(name), Objects.requireNonNull(values.get(name)));
                fed.add(tensor);
                runner.feed(inputs.get(name), tensor);
            }
            gradients.operands().forEach(runner::fetch);
            Map<String, double[]> found = new LinkedHashMap<>();
            try (Result result = runner.fetch(loss).run()) {
                int i = 0;
                for (String name : gradients.names()) {
                    found.put(name, Floats.read(result.get(i++)));
                }
                found.put(LOSS, Floats.read(result.get(i)));
            }
            fed.forEach(Tensor::close);
            return found;
        }

        Map<String, double[]> gradients() {
            Map<String, double[]> found = run(inputs(width));
            found.remove(LOSS);
            return found;
        }

        /** The loss with one input moved along a direction. */
        double lossAlong(String name, double[] direction, double step) {
            double[] moved = Objects.requireNonNull(inputs(width).get(name)).clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += step * direction[i];
            }
            Map<String, double[]> values = inputs(width);
            values.put(name, moved);
            return Objects.requireNonNull(run(values).get(LOSS))[0];
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }

    private static Built<TFloat64> built(
            int width, Method method, StepControl control, SaveAt saveAt, Gradient gradient) {
        Newton tight = Newton.full().withTolerance(1e-13);
        return new Built<>(
                TFloat64.class,
                width,
                ImplicitGradientTest.<TFloat64>field().with(tight),
                method,
                control,
                saveAt,
                gradient);
    }

    /** Along a random direction of each input: central differences of two step lengths, extrapolated. */
    private static void assertGradientsAreDifferences(Built<TFloat64> built) {
        Map<String, double[]> gradients = built.gradients();
        Random random = new Random(5);
        for (String name : gradients.keySet()) {
            double[] gradient = gradients.get(name);
            double[] direction = random.doubles(gradient.length, 0.5, 1).toArray();
            double expected =
                    (4 * difference(built, name, direction, 1e-3) - difference(built, name, direction, 2e-3)) / 3;
            double actual = 0;
            for (int i = 0; i < gradient.length; i++) {
                actual += gradient[i] * direction[i];
            }
            assertThat(Math.abs(expected)).as(name).isGreaterThan(1e-2);
            assertThat(actual).as(name).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
        }
    }

    private static double difference(Built<TFloat64> built, String name, double[] direction, double h) {
        return (built.lossAlong(name, direction, h) - built.lossAlong(name, direction, -h)) / (2 * h);
    }

    private static Method tight(Method method) {
        return with(
                method,
                solverOf(method) instanceof InnerOptimiser
                        ? DESCENT
                        : Newton.full().withTolerance(1e-13));
    }

    private static NonlinearSolver solverOf(Method method) {
        return method instanceof ImplicitRungeKutta implicit
                ? implicit.solver()
                : ((BackwardDifferentiation) method).solver();
    }

    private static Method with(Method method, NonlinearSolver solver) {
        return method instanceof ImplicitRungeKutta implicit
                ? implicit.with(solver)
                : ((BackwardDifferentiation) method).with(solver);
    }

    /** Steps of 0.2 to 0.3 and 0.8: shortened ones among them. */
    @ParameterizedTest
    @MethodSource("shortened")
    void theAdjointOfShortenedStepsEqualsFiniteDifferences(Method method) {
        SaveAt saveAt = SaveAt.times(0, 0.3, 0.8);
        try (Built<TFloat64> built = built(1, method, new FixedSteps(0.2), saveAt, Gradient.DISCRETE_ADJOINT)) {
            assertGradientsAreDifferences(built);
        }
    }

    static List<Method> shortened() {
        return List.of(tight(Methods.TRBDF2), tight(Methods.BDF3));
    }

    static List<Method> split() {
        return List.of(Methods.IMEX_RK2, Methods.IMEX_RK4, Methods.ARS343, Methods.SSP433);
    }

    @ParameterizedTest
    @MethodSource("split")
    void theAdjointOfANonlinearImplicitPartEqualsFiniteDifferences(Method method) {
        assertThat(method).isInstanceOf(ImexRungeKutta.class);
        try (Built<TFloat64> built = built(1, method, new FixedSteps(0.2), END, Gradient.DISCRETE_ADJOINT)) {
            assertGradientsAreDifferences(built);
        }
    }

    /** Sizes bound from both sides do not change with the inputs, so that differences know them as constants, too. */
    @Test
    void theAdjointOfANonlinearImplicitPartInChosenStepsEqualsFiniteDifferences() {
        PidController control =
                PidController.of(0.5, 0.5).withFirst(0.1).within(1e-3, 0.1).withMaxSteps(100);
        try (Built<TFloat64> built =
                built(2, Methods.IMEX_RK3, control, SaveAt.end(0, 0.75), Gradient.DISCRETE_ADJOINT)) {
            assertGradientsAreDifferences(built);
        }
    }

    @Test
    void theAdjointOfANonlinearImplicitPartEqualsBackpropagation() {
        FixedSteps steps = new FixedSteps(0.2);
        SaveAt saveAt = SaveAt.times(0, 0.2, 0.6);
        try (Built<TFloat64> adjoint = built(2, Methods.ARS222, steps, saveAt, Gradient.DISCRETE_ADJOINT);
                Built<TFloat64> tape = built(2, Methods.ARS222, steps, saveAt, Gradient.BACKPROPAGATION)) {
            assertSame(adjoint.gradients(), tape.gradients(), 1e-10);
        }
    }

    static List<NonlinearSolver> solvers() {
        return List.of(
                Newton.chord().withTolerance(1e-13),
                Newton.full().withTolerance(1e-13).with(Newton.Algebra.DENSE_WHOLE_BATCH),
                Newton.full().withTolerance(1e-13).with(Newton.Algebra.GMRES),
                new Anderson(1e-13, 100, 5),
                DESCENT);
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void theGradientDoesNotDependOnTheSolver(NonlinearSolver solver) {
        FixedSteps steps = new FixedSteps(0.2);
        for (Method method : List.of(Methods.BACKWARD_EULER, Methods.GAUSS4)) {
            if (method == Methods.GAUSS4 && !(solver instanceof Newton)) {
                continue;
            }
            try (Built<TFloat64> expected = built(2, tight(method), steps, END, Gradient.DISCRETE_ADJOINT);
                    Built<TFloat64> actual = built(2, with(method, solver), steps, END, Gradient.DISCRETE_ADJOINT)) {
                assertSame(actual.gradients(), expected.gradients(), 1e-9);
            }
        }
    }

    private static void assertSame(Map<String, double[]> actual, Map<String, double[]> expected, double relative) {
        for (String name : expected.keySet()) {
            double scale = 0;
            for (double x : expected.get(name)) {
                scale = Math.max(scale, Math.abs(x));
            }
            assertThat(actual.get(name)).as(name).containsExactly(expected.get(name), within(relative * scale));
        }
    }

    static List<ImplicitRungeKutta> rungeKutta() {
        return Methods.all().stream()
                .filter(ImplicitRungeKutta.class::isInstance)
                .map(ImplicitRungeKutta.class::cast)
                .filter(method -> method.solver() instanceof Newton)
                .toList();
    }

    /** u' = a u: the last state is R(h a)^n u0, whose derivatives are known from the tableau. */
    @ParameterizedTest
    @MethodSource("rungeKutta")
    void theGradientOfALinearFieldIsThatOfTheStabilityFunction(ImplicitRungeKutta method) {
        double h = 0.2;
        int n = 5;
        double a = -1.7;
        double u0 = 1.3;
        double[] r = stability(method.tableau().coefficients(), h * a);
        double[] gradients = linear(method, h, n, a, u0);
        assertThat(gradients[0]).isCloseTo(Math.pow(r[0], n), within(1e-12));
        assertThat(gradients[1]).isCloseTo(n * Math.pow(r[0], n - 1) * r[1] * h * u0, within(1e-12));
    }

    /** R = 1 + z b^T (I - z A)^-1 1 and its derivative. */
    private static double[] stability(Butcher butcher, double z) {
        RealMatrix matrix = new Array2DRowRealMatrix(butcher.a());
        RealMatrix system =
                MatrixUtils.createRealIdentityMatrix(butcher.stages()).subtract(matrix.scalarMultiply(z));
        RealMatrix inverse = new LUDecomposition(system).getSolver().getInverse();
        RealVector ones = new ArrayRealVector(butcher.stages(), 1.0);
        RealVector b = new ArrayRealVector(butcher.b());
        RealVector stages = inverse.operate(ones);
        double derivative = b.dotProduct(stages) + z * b.dotProduct(inverse.operate(matrix.operate(stages)));
        return new double[] {1 + z * b.dotProduct(stages), derivative};
    }

    /** The backward Euler formula as a multistep method: u_n = u0 / (1 - h a)^n. */
    @Test
    void theGradientOfTheFirstBackwardFormulaIsThatOfItsPowers() {
        double h = 0.2;
        double a = -1.7;
        double[] gradients = linear(Methods.BDF1, h, 5, a, 1.3);
        assertThat(gradients[0]).isCloseTo(Math.pow(1 - h * a, -5), within(1e-12));
        assertThat(gradients[1]).isCloseTo(5 * h * Math.pow(1 - h * a, -6) * 1.3, within(1e-12));
    }

    private static double[] linear(Method method, double h, int n, double a, double u0) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Shape shape = Shape.of(1, 1);
            Operand<TFloat64> start = tf.placeholderWithDefault(tf.constant(new double[][] {{u0}}), shape);
            Operand<TFloat64> rate = tf.placeholderWithDefault(tf.constant(new double[][] {{a}}), shape);
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.mul(u, theta.get("a", TFloat64.class)),
                            method,
                            new FixedSteps(h))
                    .solve(tf, start, Values.of("a", rate), SaveAt.end(0, n * h));
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Values gradients = Gradients.of(tf, loss, Values.of("u0", start).with("a", rate));
            try (Session session = graph.quickSession();
                    Result result = session.runner()
                            .fetch(gradients.get("u0"))
                            .fetch(gradients.get("a"))
                            .run()) {
                return new double[] {Floats.read(result.get(0))[0], Floats.read(result.get(1))[0]};
            }
        }
    }

    /** The steps in front of the loop, too, which TensorFlow differentiates. */
    @Test
    void theForwardSolveCountsNothingOfTheGradient() {
        int[] evaluations = new int[2];
        for (Gradient gradient : List.of(Gradient.DISCRETE_ADJOINT, Gradient.NONE)) {
            try (TestGraph graph = new TestGraph()) {
                Operand<TFloat64> u0 = graph.tf().constant(new double[][] {{1}});
                Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                                (tf, t, u, theta) -> tf.math.neg(u), Methods.BACKWARD_EULER, new FixedSteps(0.25))
                        .withGradient(gradient)
                        .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 1));
                Solution<TFloat64> multistep = OdeSolver.<TFloat64>of(
                                (tf, t, u, theta) -> tf.math.neg(u), Methods.BDF3, new FixedSteps(0.25))
                        .withGradient(gradient)
                        .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 1));
                Operand<TInt32> both = graph.tf()
                        .math
                        .add(solution.statistics().nfe(), multistep.statistics().nfe());
                evaluations[gradient == Gradient.NONE ? 0 : 1] = graph.evaluateInt(both);
            }
        }
        assertThat(evaluations[1]).isPositive().isEqualTo(evaluations[0]);
    }

    /** Two equations a step: one factor and one transposed solve for each, besides those of the repeated step. */
    @Test
    void theCostOfTheAdjointIsCounted() {
        try (Built<TFloat64> built =
                built(2, Methods.SDIRK2, new FixedSteps(0.1), SaveAt.end(0, 1), Gradient.DISCRETE_ADJOINT)) {
            int forward = TestGraph.evaluateInt(
                    built.session, built.solution.statistics().linearSolves());
            Solution.BackwardStatistics backward = built.solution.backward().orElseThrow();
            assertThat(TestGraph.evaluateInt(built.session, backward.linearSolves()))
                    .isEqualTo(forward + 20);
            int nfe = TestGraph.evaluateInt(
                    built.session, built.solution.statistics().nfe());
            assertThat(TestGraph.evaluateInt(built.session, backward.nfe())).isEqualTo(nfe + 40);
        }
    }
}
