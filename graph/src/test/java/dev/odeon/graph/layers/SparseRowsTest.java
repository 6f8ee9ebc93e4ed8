package dev.odeon.graph.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.Gpus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class SparseRowsTest {

    /** A 4 by 3 matrix with an empty row, its elements out of order, one of them in two parts. */
    private static final double[] DENSE = {0, 2, 0, 0, 0, 0, -1, 0, 3, 0.5, 0, 0};

    private static final double[] VALUES = {1, 2, 0.5, -1, 2};
    private static final double[] MATRIX = {1, 2, -3, 0.5, 4, -1};

    @Test
    void theProductAndItsGradientAreThoseOfTheDenseMatrix() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            SparseRows<TFloat64> sparse = sparse(tf, tf.constant(VALUES));
            Operand<TFloat64> matrix = Floats.constant(tf, TFloat64.class, Shape.of(3, 2), MATRIX);
            Operand<TFloat64> dense = Floats.constant(tf, TFloat64.class, Shape.of(4, 3), DENSE);
            Operand<TFloat64> product = sparse.times(tf, matrix);
            Operand<TFloat64> expected = tf.linalg.matMul(dense, matrix);
            assertThat(graph.evaluate(product)).containsExactly(graph.evaluate(expected), within(1e-14));
            assertThat(graph.evaluate(gradient(tf, product, matrix)))
                    .containsExactly(graph.evaluate(gradient(tf, expected, matrix)), within(1e-14));
        }
    }

    /** Those of the executor on the CPU, of XLA, and of a GPU's operations. */
    @Test
    void allFormsAndTheirGradientsAgree() {
        List<double[]> results = new ArrayList<>();
        for (Compilation compilation : List.of(Compilation.EXECUTOR, Compilation.XLA)) {
            results.add(results(compilation));
            results.add(Gpus.targeting(() -> results(compilation)));
        }
        assertThat(results).allSatisfy(each -> assertThat(each).containsExactly(results.get(0), within(1e-13)));
        // Products, gradient of the matrix, gradient of the values.
        assertThat(results.get(0)).hasSize(8 + 6 + 5);
    }

    private static double[] results(Compilation compilation) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> matrix = Floats.constant(tf, TFloat64.class, Shape.of(3, 2), MATRIX);
            Values found = compilation.run(
                    tf, "product", Values.of("matrix", matrix).with("values", tf.constant(VALUES)), (inner, given) -> {
                        Operand<TFloat64> product = sparse(inner, given.get("values", TFloat64.class))
                                .times(inner, given.get("matrix", TFloat64.class));
                        Operand<TFloat64> loss =
                                inner.reduceSum(inner.math.sin(product), inner.constant(new int[] {0, 1}));
                        return Values.of("product", product).and(Gradients.of(inner, loss, given));
                    });
            return graph.evaluate(tf.concat(
                    List.of(
                            flat(tf, found.get("product", TFloat64.class)),
                            flat(tf, found.get("matrix", TFloat64.class)),
                            found.get("values", TFloat64.class)),
                    tf.constant(0)));
        }
    }

    private static Operand<TFloat64> flat(Ops tf, Operand<TFloat64> tensor) {
        return tf.reshape(tensor, tf.constant(new int[] {-1}));
    }

    private static SparseRows<TFloat64> sparse(Ops tf, Operand<TFloat64> values) {
        return SparseRows.of(
                tf, tf.constant(new long[] {2, 0, 3, 2, 2}), tf.constant(new long[] {2, 1, 0, 0, 2}), values, 4);
    }

    private static Operand<?> gradient(Ops tf, Operand<TFloat64> product, Operand<TFloat64> matrix) {
        Operand<TFloat64> loss = tf.reduceSum(tf.math.sin(product), tf.constant(new int[] {0, 1}));
        return Gradients.of(tf, loss, Values.of("matrix", matrix)).get("matrix");
    }
}
