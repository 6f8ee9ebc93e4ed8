package dev.odeon.graph;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** A function that uses a tensor of another graph says so, and what to do. */
class ForeignTensorTest {

    private static final String REMEDY =
            "read outer tensors only through theta (or inputs), and add operations only with"
                    + " the tf that the function is given";

    private static void refused(TestGraph graph, String tensor, GraphFunction.Body body) {
        Values inputs = Values.of("x", graph.tf().constant(1.0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GraphFunction.define(graph.tf(), "function", inputs.specs(), body))
                .withMessageContaining(tensor)
                .withMessageContaining("belongs to another graph")
                .withMessageEndingWith(REMEDY);
    }

    @Test
    void aTensorOfTheOuterGraphIsNamedWithTheRemedy() {
        try (TestGraph graph = new TestGraph()) {
            Ops outer = graph.tf();
            Operand<TFloat64> captured = outer.withName("captured").constant(2.0);
            refused(graph, "captured", (tf, in) -> Values.of("y", tf.math.mul(in.get("x", TFloat64.class), captured)));
            refused(graph, "captured", (tf, in) -> Values.of("y", captured));
            refused(graph, "Placeholder", (tf, in) -> Values.of("y", outer.math.neg(in.get("x", TFloat64.class))));
            refused(graph, "Const", (tf, in) -> Values.of("y", outer.constant(3.0)));
        }
    }

    @Test
    void aFunctionInsideAFunctionSaysItOnce() {
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> captured = graph.tf().withName("captured").constant(2.0);
            refused(
                    graph,
                    "captured",
                    (tf, in) -> WhileLoop.define(
                                    tf,
                                    "loop",
                                    in.specs(),
                                    List.of(),
                                    (inner, carried, fixed) ->
                                            inner.math.less(carried.get("x", TFloat64.class), captured),
                                    (inner, carried, fixed) -> carried)
                            .run(tf, in, Values.empty())
                            .values());
        }
    }

    @Test
    void anEagerTensorIsNamedWithTheRemedy() {
        try (EagerSession session = EagerSession.create();
                TestGraph graph = new TestGraph()) {
            Operand<TFloat64> eager = Ops.create(session).constant(2.0);
            refused(graph, "", (tf, in) -> Values.of("y", tf.math.mul(in.get("x", TFloat64.class), eager)));
        }
    }

    @Test
    void otherComplaintsStayAsTheyAre() {
        try (TestGraph graph = new TestGraph()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GraphFunction.define(graph.tf(), "function", List.of(), (tf, in) -> {
                        throw new IllegalArgumentException("Input of a body was from nowhere: mend it");
                    }))
                    .withMessage("Input of a body was from nowhere: mend it");
        }
    }
}
