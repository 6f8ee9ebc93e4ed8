package dev.odeon.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class LoopMemoryTest {

    private static final int SMALL = 32;
    private static final int LARGE = 256;
    private static final String ROUND = "round";
    private static final String VALUE = "value";

    /** Three rounds, each with one product of its value with itself. */
    private static Operand<TFloat64> loop(Ops tf, String name, Operand<TFloat64> start) {
        Values initial = Values.of(ROUND, tf.constant(0)).with(VALUE, start);
        WhileLoop loop = WhileLoop.define(
                tf,
                name,
                initial.specs(),
                List.of(),
                (inner, carried, none) -> inner.math.less(carried.get(ROUND, TInt32.class), inner.constant(3)),
                (inner, carried, none) -> Values.of(
                                ROUND, inner.math.add(carried.get(ROUND, TInt32.class), inner.constant(1)))
                        .with(
                                VALUE,
                                inner.linalg.matMul(
                                        carried.get(VALUE, TFloat64.class), carried.get(VALUE, TFloat64.class))));
        return loop.run(tf, initial, Values.empty()).values().get(VALUE, TFloat64.class);
    }

    /** The second of two loops holds the most: what is recorded from the end of the first on shows it. */
    @Test
    void whatALaterLoopHoldsIsSeenFromTheResultsOfTheLoopBefore() {
        long matrix = 8L * LARGE * LARGE;
        try (TestGraph graph = new TestGraph();
                TFloat64 fed = TFloat64.tensorOf(Shape.of(SMALL, SMALL))) {
            Ops tf = graph.tf();
            Placeholder<TFloat64> start = tf.placeholder(TFloat64.class, Placeholder.shape(fed.shape()));
            Operand<TFloat64> small = loop(tf, "small", start);
            Operand<TFloat64> large = loop(tf, "large", tf.tile(small, tf.constant(new int[] {8, 8})));
            Map<Operand<?>, Tensor> feeds = Map.of(start, fed);
            LoopMemory memory = new LoopMemory(graph.graph(), tf.noOp(), feeds, List.of(large));
            assertThat(memory.measure(graph.session())).isBetween(2 * matrix, 4 * matrix);
            assertThat(memory.afterLoops()).isBetween(2 * matrix, 4 * matrix);
            // The loop whose results are fed is not run again.
            LoopMemory first = new LoopMemory(graph.graph(), tf.noOp(), feeds, List.of(small));
            assertThat(first.afterLoops()).isZero();
        }
    }
}
