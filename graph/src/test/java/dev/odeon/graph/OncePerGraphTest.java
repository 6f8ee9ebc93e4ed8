package dev.odeon.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;

class OncePerGraphTest {

    private static final Shape ROWS = Shape.of(Shape.UNKNOWN_SIZE, 2);

    private final AtomicInteger definitions = new AtomicInteger();
    private final OncePerGraph<List<TensorSpec>, GraphFunction> squares = new OncePerGraph<>();

    private GraphFunction square(TestGraph graph, Shape shape) {
        List<TensorSpec> inputs = List.of(new TensorSpec("x", TFloat64.class, shape, true));
        return squares.get(graph.tf(), inputs, () -> {
            definitions.incrementAndGet();
            return GraphFunction.define(
                    graph.tf(),
                    "square",
                    inputs,
                    (tf, values) -> Values.of("y", tf.math.square(values.get("x", TFloat64.class))));
        });
    }

    @Test
    void aFunctionIsDefinedOnceForTheSameInputsThoughTheirShapesBeUnknown() {
        try (TestGraph graph = new TestGraph()) {
            GraphFunction first = square(graph, ROWS);
            assertThat(square(graph, Shape.of(Shape.UNKNOWN_SIZE, 2))).isSameAs(first);
            assertThat(square(graph, Shape.of(3, 2))).isNotSameAs(first);
            assertThat(square(graph, Shape.unknown())).isNotSameAs(first);
            assertThat(definitions).hasValue(3);
        }
    }

    @Test
    void everyGraphHasItsOwn() {
        try (TestGraph one = new TestGraph();
                TestGraph other = new TestGraph()) {
            square(one, ROWS);
            square(other, ROWS);
            assertThat(definitions).hasValue(2);
        }
    }

    @Test
    void theResultsOfACallHaveTheShapesThatTheFunctionWasDefinedWith() {
        try (TestGraph graph = new TestGraph()) {
            GraphFunction square = square(graph, ROWS);
            Values called = square.call(graph.tf(), Values.of("x", graph.tf().constant(new double[][] {{1, 2}})));
            assertThat(called.get("y").shape().asArray()).containsExactly(Shape.UNKNOWN_SIZE, 2);
            assertThat(graph.evaluate(called.get("y"))).containsExactly(1, 4);
        }
    }
}
