package dev.odeon.graph.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** How the layers of a perceptron start. */
class MlpTest {

    private static final int ROWS = 50;
    private static final int WIDTH = 300;

    static List<Arguments> initializations() {
        // Uniform between -b and b: the mean square of a kernel is b^2 / 3; ReLU halves that of its input.
        return List.of(Arguments.of(new Mlp.He(), 1.0), Arguments.of(new Mlp.FanInUniform(), 1.0 / 6));
    }

    @ParameterizedTest
    @MethodSource("initializations")
    void theMeanSquareOfALayerWithRelu(Mlp.Initialization initialization, double expected) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 5);
            Mlp layer = Mlp.declare(
                    parameters, "m", TFloat64.class, List.of(WIDTH, WIDTH), Activation.RELU, initialization);
            double[] x = new Random(1).doubles((long) ROWS * WIDTH, -3, 3).toArray();
            Values theta = parameters.read();
            Operand<TFloat64> y = Activation.RELU.apply(
                    tf, layer.apply(tf, Floats.constant(tf, TFloat64.class, Shape.of(ROWS, WIDTH), x), theta));
            Session session = graph.quickSession();
            session.run(parameters.initializer());
            double ratio = meanSquare(TestGraph.evaluate(session, y)) / meanSquare(x);
            assertThat(ratio).isCloseTo(expected, within(0.05 * expected));
        }
    }

    private static double meanSquare(double[] values) {
        return Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    }
}
