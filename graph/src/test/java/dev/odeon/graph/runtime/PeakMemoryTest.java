package dev.odeon.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

class PeakMemoryTest {

    private static final int SIZE = 256;

    /** In a chain of products each factor is freed when the next product is there: two are alive at a time. */
    @Test
    void aChainOfProductsNeedsTwoMatricesHoweverLongItIs() {
        long matrix = 8L * SIZE * SIZE;
        try (TestGraph graph = new TestGraph();
                TFloat64 fed = TFloat64.tensorOf(Shape.of(SIZE, SIZE))) {
            Placeholder<TFloat64> start = graph.tf().placeholder(TFloat64.class, Placeholder.shape(fed.shape()));
            Operand<TFloat64> product = start;
            for (int i = 0; i < 6; i++) {
                product = graph.tf().linalg.matMul(product, product);
            }
            Session session = graph.session();
            PeakMemory peak =
                    PeakMemory.measure(session.runner().feed(start, fed).fetch(product));
            assertThat(peak.whole()).isTrue();
            assertThat(peak.bytes()).isBetween(2 * matrix, 2 * matrix + matrix / 10);
        }
    }
}
