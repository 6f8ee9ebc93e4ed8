package dev.odeon.solvers.exponential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
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
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.CirculantSolve;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.Scaled;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** The adjoint of the exponential methods, whose propagators are vectors or matrices. */
class ExponentialGradientTest {

    private static final Map<String, double[]> INPUTS = new LinkedHashMap<>();
    private static final Map<String, Shape> SHAPES =
            Map.of("u0", Shape.of(2, 3), "w", Shape.of(3, 3), "b", Shape.of(3));

    static {
        INPUTS.put("u0", new double[] {0.3, -0.2, 0.5, 0.1, 0.7, -0.4});
        INPUTS.put("w", new double[] {0.5, -0.3, 0.2, 0.1, 0.4, -0.6, 0.3, 0.2, -0.1});
        INPUTS.put("b", new double[] {0.1, -0.2, 0.3});
    }

    private interface Maker {
        <T extends TFloating> LinearOperator<T> make();
    }

    private static final Maker DIAGONAL = new Maker() {
        @Override
        public <T extends TFloating> LinearOperator<T> make() {
            return Diagonal.of(-30, -2, 0.5);
        }
    };
    private static final Maker DENSE = new Maker() {
        @Override
        public <T extends TFloating> LinearOperator<T> make() {
            return Dense.of(new double[][] {{-20, 1, 0.3}, {0.5, -3, 0.2}, {0.1, 4, -1.5}}, DenseSolve.LU);
        }
    };
    private static final Maker STENCIL = new Maker() {
        @Override
        public <T extends TFloating> LinearOperator<T> make() {
            return Circulant.stencil(3, 1, -4, 2);
        }
    };

    private static final Maker TRANSFORMED = new Maker() {
        @Override
        public <T extends TFloating> LinearOperator<T> make() {
            return Scaled.of(0.5, Circulant.<T>stencil(3, 2, -8, 4).solvedBy(CirculantSolve.FFT));
        }
    };

    static Stream<Arguments> cases() {
        return Stream.of(Methods.ETDRK2, Methods.ETDRK4)
                .flatMap(method -> Stream.of(
                        Arguments.of(method, "diagonal", DIAGONAL),
                        Arguments.of(method, "dense", DENSE),
                        Arguments.of(method, "stencil", STENCIL),
                        Arguments.of(method, "stencil by transforms", TRANSFORMED)));
    }

    /** Loss and gradients for some inputs, each a list of the loss and the gradients of u0, w and b. */
    private static <T extends TFloating> List<double[][]> run(
            Class<T> type, Method method, Maker linear, Gradient gradient, List<Map<String, double[]>> inputs) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values fed = Values.empty();
            for (String name : INPUTS.keySet()) {
                Shape shape = Objects.requireNonNull(SHAPES.get(name));
                Operand<T> value = Floats.constant(tf, type, shape, Objects.requireNonNull(INPUTS.get(name)));
                fed = fed.with(name, tf.placeholderWithDefault(value, shape));
            }
            // Steps of 0.2 to 0.5 and 1: shortened ones among them.
            Solution<T> solution = OdeSolver.of(
                            new SplitField<T>(Problems::tanh, linear.make()), method, new FixedSteps(0.2))
                    .withGradient(gradient)
                    .solve(
                            tf,
                            fed.get("u0", type),
                            Values.of("w", fed.get("w")).with("b", fed.get("b")),
                            SaveAt.times(0, 0.5, 1));
            Operand<T> weights = Floats.constant(tf, type, Shape.of(3, 1, 1), 1, -2, 3);
            Operand<T> loss = tf.reduceSum(
                    tf.math.mul(weights, tf.math.sin(solution.states())), tf.constant(new int[] {0, 1, 2}));
            Values gradients = Gradients.of(tf, loss, fed);
            List<double[][]> found = new ArrayList<>();
            try (Session session = graph.quickSession()) {
                for (Map<String, double[]> values : inputs) {
                    Session.Runner runner = session.runner().fetch(loss);
                    gradients.operands().forEach(runner::fetch);
                    List<T> tensors = new ArrayList<>();
                    for (String name : fed.names()) {
                        T tensor = Floats.tensor(
                                type,
                                Objects.requireNonNull(SHAPES.get(name)),
                                Objects.requireNonNull(values.get(name)));
                        tensors.add(tensor);
                        runner.feed(fed.get(name), tensor);
                    }
                    try (Result result = runner.run()) {
                        double[][] numbers = new double[result.size()][];
                        for (int i = 0; i < numbers.length; i++) {
                            numbers[i] = Floats.read(result.get(i));
                        }
                        found.add(numbers);
                    }
                    tensors.forEach(Tensor::close);
                }
            }
            return found;
        }
    }

    private static void assertClose(double[][] actual, double[][] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], within(tolerance));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void theAdjointEqualsBackpropagation(Method method, String name, Maker linear) {
        List<Map<String, double[]>> once = List.of(INPUTS);
        double[][] adjoint = run(TFloat64.class, method, linear, Gradient.DISCRETE_ADJOINT, once)
                .get(0);
        double[][] tape = run(TFloat64.class, method, linear, Gradient.BACKPROPAGATION, once)
                .get(0);
        assertClose(adjoint, tape, 1e-12);
        double[][] single = run(TFloat32.class, method, linear, Gradient.DISCRETE_ADJOINT, once)
                .get(0);
        assertClose(single, tape, 1e-4);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void theAdjointEqualsFiniteDifferences(Method method, String name, Maker linear) {
        double h = 1e-5;
        List<Map<String, double[]>> inputs = new ArrayList<>(List.of(INPUTS));
        for (String moved : INPUTS.keySet()) {
            for (int sign : new int[] {1, -1}) {
                Map<String, double[]> other = new LinkedHashMap<>(INPUTS);
                double[] values = Objects.requireNonNull(INPUTS.get(moved)).clone();
                for (int i = 0; i < values.length; i++) {
                    values[i] += sign * h * (1 + i);
                }
                other.put(moved, values);
                inputs.add(other);
            }
        }
        List<double[][]> found = run(TFloat64.class, method, linear, Gradient.DISCRETE_ADJOINT, inputs);
        for (int k = 0; k < INPUTS.size(); k++) {
            double difference = (found.get(1 + 2 * k)[0][0] - found.get(2 + 2 * k)[0][0]) / (2 * h);
            double along = 0;
            double[] gradient = found.get(0)[1 + k];
            for (int i = 0; i < gradient.length; i++) {
                along += gradient[i] * (1 + i);
            }
            assertThat(Math.abs(difference)).isGreaterThan(1e-2);
            assertThat(along).isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
        }
    }
}
