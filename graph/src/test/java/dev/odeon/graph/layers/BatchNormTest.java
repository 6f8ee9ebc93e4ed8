package dev.odeon.graph.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class BatchNormTest {

    private static final BatchNorm NORM = new BatchNorm("norm", 4);
    /** Columns of mean 2 and -1, of (biased) variance 1.5 and 0.5. */
    private static final double[] X = {1, -2, 1, -1, 2, -1, 4, 0};

    @Test
    void trainingNormalisesByTheBatch() {
        try (TestGraph graph = new TestGraph()) {
            double[] y = graph.evaluate(
                    NORM.train(graph.tf(), x(graph.tf()), values(graph.tf())).y());
            double first = 3 / Math.sqrt(1.5 + 1e-5);
            double second = 0.5 / Math.sqrt(0.5 + 1e-5);
            double[] expected = {
                10 - first, -1 - second, 10 - first, -1, 10, -1, 10 + 2 * first, -1 + second,
            };
            assertThat(y).containsExactly(expected, within(1e-12));
        }
    }

    @Test
    void trainingMovesTheRunningMeansByATenthTowardsTheBatch() {
        try (TestGraph graph = new TestGraph()) {
            Values updates =
                    NORM.train(graph.tf(), x(graph.tf()), values(graph.tf())).updates();
            assertThat(graph.evaluate(updates.get("norm/mean")))
                    .containsExactly(new double[] {0.9 * 5 + 0.1 * 2, 0.9 * 6 - 0.1}, within(1e-14));
            // The unbiased variances are 2 and 2/3.
            assertThat(graph.evaluate(updates.get("norm/variance")))
                    .containsExactly(new double[] {0.9 * 4 + 0.1 * 2, 0.9 * 9 + 0.1 * 2 / 3}, within(1e-14));
        }
    }

    @Test
    void anEvaluationNormalisesByTheRunningMeans() {
        try (TestGraph graph = new TestGraph()) {
            double[] y = graph.evaluate(NORM.evaluate(graph.tf(), x(graph.tf()), values(graph.tf())));
            assertThat(y[0]).isCloseTo(10 + 3 * (1 - 5) / Math.sqrt(4 + 1e-5), within(1e-12));
            assertThat(y[7]).isCloseTo(-1 + 0.5 * (0 - 6) / Math.sqrt(9 + 1e-5), within(1e-12));
        }
    }

    @Test
    void oneRowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm("norm", 1))
                .withMessageContaining("1 rows");
    }

    private static Operand<TFloat64> x(Ops tf) {
        return Floats.constant(tf, TFloat64.class, Shape.of(4, 2), X);
    }

    private static Values values(Ops tf) {
        return Values.of("norm/scale", tf.constant(new double[] {3, 0.5}))
                .with("norm/shift", tf.constant(new double[] {10, -1}))
                .withConstant("norm/mean", tf.constant(new double[] {5, 6}))
                .withConstant("norm/variance", tf.constant(new double[] {4, 9}));
    }
}
