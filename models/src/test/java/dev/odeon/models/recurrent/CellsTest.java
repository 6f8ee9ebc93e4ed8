package dev.odeon.models.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** The formulas of one unit by hand, and the counts of PyTorch's cells. */
class CellsTest {

    private static final double X = 0.7;
    private static final double H = -0.4;
    private static final double C = 0.9;

    /** Input kernel, input bias, state kernel and state bias of gate k. */
    private static double weight(int k, int which) {
        return Math.sin(1 + 4 * k + which);
    }

    private static double ofInput(int k) {
        return weight(k, 0) * X + weight(k, 1);
    }

    private static double ofState(int k) {
        return weight(k, 2) * H + weight(k, 3);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] updated(RecurrentCell cell, int gates, Values memory, Ops tf, TestGraph graph) {
        Values parameters = Values.empty();
        String[] names = {"c/input/kernel", "c/input/bias", "c/state/kernel", "c/state/bias"};
        for (int which = 0; which < 4; which++) {
            double[] numbers = new double[gates];
            for (int k = 0; k < gates; k++) {
                numbers[k] = weight(k, which);
            }
            Shape shape = which % 2 == 0 ? Shape.of(1, gates) : Shape.of(gates);
            parameters = parameters.with(names[which], Floats.constant(tf, TFloat64.class, shape, numbers));
        }
        Operand<TFloat64> x = tf.constant(new double[][] {{X}});
        Operand<TFloat64> h = tf.constant(new double[][] {{H}});
        RecurrentCell.Updated<TFloat64> next = cell.update(tf, x, h, memory, parameters);
        double state = graph.evaluate(next.state())[0];
        return memory.isEmpty()
                ? new double[] {state}
                : new double[] {state, graph.evaluate(next.memory().get("cell"))[0]};
    }

    @Test
    void haveTheirFormulas() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            assertThat(updated(new RnnCell("c", 1, 1), 1, Values.empty(), tf, graph)[0])
                    .isCloseTo(Math.tanh(ofInput(0) + ofState(0)), within(1e-15));
            double r = sigmoid(ofInput(0) + ofState(0));
            double z = sigmoid(ofInput(1) + ofState(1));
            double n = Math.tanh(ofInput(2) + r * ofState(2));
            assertThat(updated(new GruCell("c", 1, 1), 3, Values.empty(), tf, graph)[0])
                    .isCloseTo((1 - z) * n + z * H, within(1e-15));
            double i = sigmoid(ofInput(0) + ofState(0));
            double f = sigmoid(ofInput(1) + ofState(1));
            double g = Math.tanh(ofInput(2) + ofState(2));
            double o = sigmoid(ofInput(3) + ofState(3));
            double cell = f * C + i * g;
            Values memory = Values.of("cell", tf.constant(new double[][] {{C}}));
            double[] found = updated(new LstmCell("c", 1, 1), 4, memory, tf, graph);
            assertThat(found[1]).isCloseTo(cell, within(1e-15));
            assertThat(found[0]).isCloseTo(o * Math.tanh(cell), within(1e-15));
        }
    }

    /** Counts of torch.nn.RNNCell, GRUCell and LSTMCell(5, 20), and of the authors' cells. */
    static List<Arguments> counts() {
        return List.of(
                Arguments.of(new RnnCell("c", 5, 20), 540),
                Arguments.of(new GruCell("c", 5, 20), 1620),
                Arguments.of(new LstmCell("c", 5, 20), 2160),
                Arguments.of(new AffineCell("c", 5, 21, 1), 588),
                Arguments.of(new AffineCell("c", 5, 40, 2), 1920),
                Arguments.of(
                        new PerceptronCell(
                                "c", 17, 24, List.of(72, 48), Activation.TANH, PerceptronCell.Result.REPLACES),
                        7704),
                Arguments.of(
                        new PerceptronCell("c", 17, 48, List.of(48, 48), Activation.TANH, PerceptronCell.Result.ADDED),
                        7872),
                Arguments.of(new PartCell(new GruCell("c", 5, 20), 40), 1620));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void haveTheCountsOfTheirModels(RecurrentCell cell, long count) {
        try (TestGraph graph = new TestGraph()) {
            Parameters parameters = new Parameters(graph.tf(), 0);
            cell.declare(parameters, TFloat64.class);
            assertThat(parameters.count()).isEqualTo(count);
        }
    }
}
