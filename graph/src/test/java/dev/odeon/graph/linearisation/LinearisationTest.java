package dev.odeon.graph.linearisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class LinearisationTest {

    private static final List<TensorSpec> INPUTS = List.of(
            new TensorSpec("x", TFloat64.class, Shape.of(2, 3), true),
            new TensorSpec("w", TFloat64.class, Shape.of(3, 3), true),
            new TensorSpec("b", TFloat64.class, Shape.of(3), true));
    private static final List<String> TARGETS = List.of("x", "w", "b");

    private static Operand<TFloat64> get(Values values, String name) {
        return values.get(name, TFloat64.class);
    }

    private static Linearisation cut(Linearisation.Function function) {
        return Linearisation.of(INPUTS, Set.of("x"), TARGETS, function);
    }

    /** The product from what was recorded, fed as if from elsewhere, is that of TensorFlow to the bit. */
    private static Linearisation requireSame(Linearisation.Function function) {
        Linearisation cut = cut(function);
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.of("x", tf.constant(new double[][] {{0.3, -0.2, 0.5}, {2.1, 0.7, -1.4}}))
                    .with("w", tf.constant(new double[][] {{0.5, -0.3, 0.2}, {0.1, 0.4, -0.6}, {0.3, 0.2, -0.1}}))
                    .with("b", tf.constant(new double[] {0.1, -0.2, 0.3}));
            Operand<?> weights = tf.constant(new double[][] {{1, 2, 3}, {-1, 0.5, 4}});
            Operand<?> result = function.evaluate(tf, arguments);
            List<@Nullable Operand<?>> expected = Gradients.vectorJacobian(tf, result, weights, arguments.operands());
            Values recorded = cut.recorded(arguments, result);
            assertThat(recorded.specs()).hasSameSizeAs(cut.recorded());
            Values read = Values.empty();
            for (String name : TARGETS) {
                read = cut.reads(name) ? read.with(name, arguments.get(name)) : read;
            }
            List<@Nullable Operand<?>> found = cut.product(tf, read, recorded, weights);
            for (int i = 0; i < expected.size(); i++) {
                Operand<?> wanted = expected.get(i);
                Operand<?> given = found.get(i);
                if (wanted == null || given == null) {
                    assertThat(given).isEqualTo(wanted);
                } else {
                    assertThat(graph.evaluate(given)).containsExactly(graph.evaluate(wanted));
                }
            }
        }
        return cut;
    }

    @Test
    void aLayerRecordsItsOutputAndNoInputThatIsGivenAnyway() {
        Linearisation cut = requireSame((tf, in) ->
                tf.math.tanh(tf.math.add(tf.linalg.matMul(get(in, "x"), get(in, "w")), get(in, "b"))));
        assertThat(cut.recorded()).hasSize(1);
        assertThat(cut.reads("x")).isTrue();
        assertThat(cut.reads("w")).isTrue();
        // Of the bias the shape alone.
        assertThat(cut.reads("b")).isFalse();
    }

    @Test
    void whereARectifierIsZeroItsOutputTells() {
        Linearisation cut = requireSame((tf, in) -> {
            Operand<TFloat64> hidden = tf.nn.relu(tf.linalg.matMul(get(in, "x"), get(in, "w")));
            return tf.linalg.matMul(hidden, get(in, "w"));
        });
        assertThat(cut.recorded()).hasSize(1);
    }

    @Test
    void linearFunctionsRecordNothing() {
        Linearisation cut = requireSame((tf, in) -> tf.math.neg(tf.math.mul(get(in, "x"), tf.constant(3.0))));
        assertThat(cut.recorded()).isEmpty();
        assertThat(cut.reads("x")).isFalse();
    }

    @Test
    void whatDependsOnConstantInputsAloneIsComputedAgain() {
        Linearisation cut = requireSame((tf, in) -> {
            Operand<TFloat64> squared = tf.math.square(get(in, "w"));
            Operand<TFloat64> joined = tf.concat(List.of(get(in, "x"), get(in, "x")), tf.constant(1));
            return tf.linalg.matMul(joined, tf.concat(List.of(squared, tf.math.exp(squared)), tf.constant(0)));
        });
        // The joined input of the product, for the gradient of the matrix.
        assertThat(cut.recorded()).hasSize(1);
    }

    @Test
    void whatCannotBeCutIsRefused() {
        assertThatThrownBy(() -> cut((tf, in) -> called(tf, get(in, "x"))))
                .isInstanceOf(UncutException.class)
                .hasMessageContaining("PartitionedCall")
                .hasMessageContaining("calls a function");
        List<TensorSpec> unknown = List.of(new TensorSpec("x", TFloat64.class, Shape.of(-1, 3), true));
        assertThatThrownBy(() ->
                        Linearisation.of(unknown, Set.of("x"), List.of("x"), (tf, in) -> tf.math.tanh(get(in, "x"))))
                .isInstanceOf(UncutException.class)
                .hasMessageContaining("[-1, 3]");
    }

    /** x, with a gradient that calls a function. */
    private static Operand<?> called(Ops tf, Operand<TFloat64> x) {
        GraphFunction twice = GraphFunction.define(
                tf,
                "twice",
                Values.of("x", x).specs(),
                (inner, in) -> Values.of("y", inner.math.mul(get(in, "x"), inner.constant(2.0))));
        String key = CustomGradients.define(
                tf,
                (inner, node, upstream) -> List.of(
                        twice.call(inner, Values.of("x", upstream.get(0))).get("y")));
        return CustomGradients.marked(tf, List.of(x), key).get(0);
    }

    @Test
    void otherOperationsThanBeforeAreRefused() {
        boolean[] second = new boolean[1];
        Linearisation.Function changing =
                (tf, in) -> second[0] ? tf.math.exp(get(in, "x")) : tf.math.tanh(get(in, "x"));
        Linearisation cut = cut(changing);
        second[0] = true;
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.of("x", tf.constant(new double[2][3]));
            Operand<?> result = changing.evaluate(tf, arguments);
            assertThatThrownBy(() -> cut.recorded(arguments, result))
                    .isInstanceOf(UncutException.class)
                    .hasMessageContaining("Exp where there was a node Tanh");
        }
    }
}
