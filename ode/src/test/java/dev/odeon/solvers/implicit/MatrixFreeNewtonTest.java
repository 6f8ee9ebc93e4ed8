package dev.odeon.solvers.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Products with the Jacobian of a field made of an activation function: as exact as the matrix. */
class MatrixFreeNewtonTest {

    private interface Activation {
        Operand<TFloat64> of(Ops tf, Operand<TFloat64> x);
    }

    private static Arguments named(String name, Activation activation) {
        return Arguments.of(name, activation);
    }

    static Stream<Arguments> activations() {
        return Stream.of(
                named("tanh", (tf, x) -> tf.math.tanh(x)),
                named("sigmoid", (tf, x) -> tf.math.sigmoid(x)),
                named("softplus", (tf, x) -> tf.math.softplus(x)),
                named("elu", (tf, x) -> tf.nn.elu(x)),
                named("relu", (tf, x) -> tf.nn.relu(x)),
                named("sin", (tf, x) -> tf.math.sin(x)),
                named("reciprocal", (tf, x) -> tf.math.reciprocal(above(tf, x))),
                named("sqrt", (tf, x) -> tf.math.sqrt(above(tf, x))),
                named("rsqrt", (tf, x) -> tf.math.rsqrt(above(tf, x))));
    }

    private static Operand<TFloat64> above(Ops tf, Operand<TFloat64> x) {
        return tf.math.add(tf.math.square(x), tf.constant(0.5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("activations")
    void newtonTakesTheIterationsOfTheDenseMatrix(String name, Activation activation) {
        double[] matrix = {2, -1, 0.5, 1.5, -2, 1, 0.3, 0.7, -1};
        VectorField<TFloat64> field = (tf, t, u, theta) -> {
            Operand<TFloat64> w = Floats.constant(tf, TFloat64.class, Shape.of(3, 3), matrix);
            Operand<TFloat64> hidden = activation.of(tf, tf.linalg.matMul(u, w));
            return tf.math.sub(tf.linalg.matMul(hidden, w), tf.math.mul(u, tf.constant(3.0)));
        };
        double[] dense = solve(field, Newton.full());
        double[] matrixFree = solve(field, Newton.full().with(Newton.Algebra.GMRES));
        assertThat(matrixFree).containsExactly(dense, within(1e-9));
    }

    /** The last state, and the iterations. */
    private static double[] solve(VectorField<TFloat64> field, Newton newton) {
        try (TestGraph graph = new TestGraph()) {
            Shape shape = Shape.of(2, 3);
            Operand<TFloat64> u0 = graph.tf()
                    .placeholderWithDefault(
                            Floats.constant(graph.tf(), TFloat64.class, shape, 0.4, -0.7, 1, 0.2, 0.9, -0.3), shape);
            Solution<TFloat64> solution = OdeSolver.of(field, Methods.BACKWARD_EULER.with(newton), new FixedSteps(0.2))
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 0.6));
            try (Session session = graph.quickSession();
                    Result result = session.runner()
                            .fetch(solution.last())
                            .fetch(solution.statistics().newtonIterations())
                            .run()) {
                double[] state = Floats.read(result.get(0));
                double[] all = java.util.Arrays.copyOf(state, state.length + 1);
                all[state.length] = ((TInt32) result.get(1)).getInt();
                return all;
            }
        }
    }
}
