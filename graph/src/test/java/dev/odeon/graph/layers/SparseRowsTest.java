package dev.odeon.graph.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class SparseRowsTest {

    /** A 4 by 3 matrix with an empty row, its elements out of order, one of them in two parts. */
    private static final double[] DENSE = {0, 2, 0, 0, 0, 0, -1, 0, 3, 0.5, 0, 0};

    private static final double[] MATRIX = {1, 2, -3, 0.5, 4, -1};

    @Test
    void theProductAndItsGradientAreThoseOfTheDenseMatrix() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            SparseRows<TFloat64> sparse = new SparseRows<>(
                    tf.constant(new int[] {2, 0, 3, 2, 2}),
                    tf.constant(new int[] {2, 1, 0, 0, 2}),
                    tf.constant(new double[] {1, 2, 0.5, -1, 2}),
                    4);
            Operand<TFloat64> matrix = Floats.constant(tf, TFloat64.class, Shape.of(3, 2), MATRIX);
            Operand<TFloat64> dense = Floats.constant(tf, TFloat64.class, Shape.of(4, 3), DENSE);
            Operand<TFloat64> product = sparse.times(tf, matrix);
            Operand<TFloat64> expected = tf.linalg.matMul(dense, matrix);
            assertThat(graph.evaluate(product)).containsExactly(graph.evaluate(expected), within(1e-14));
            assertThat(graph.evaluate(gradient(tf, product, matrix)))
                    .containsExactly(graph.evaluate(gradient(tf, expected, matrix)), within(1e-14));
        }
    }

    private static Operand<?> gradient(Ops tf, Operand<TFloat64> product, Operand<TFloat64> matrix) {
        Operand<TFloat64> loss = tf.reduceSum(tf.math.sin(product), tf.constant(new int[] {0, 1}));
        return Gradients.of(tf, loss, Values.of("matrix", matrix)).get("matrix");
    }
}
