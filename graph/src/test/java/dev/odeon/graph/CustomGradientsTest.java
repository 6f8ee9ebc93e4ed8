package dev.odeon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class CustomGradientsTest {

    private static WhileLoop doubling(Ops tf, Values carried) {
        return WhileLoop.define(
                tf,
                "doubling",
                carried.specs(),
                List.of(),
                (inner, values, none) -> inner.math.less(values.get("round", TInt32.class), inner.constant(3)),
                (inner, values, none) -> values.with(
                                "round", inner.math.add(values.get("round", TInt32.class), inner.constant(1)))
                        .with("x", inner.math.mul(values.get("x", TFloat64.class), inner.constant(2.0))));
    }

    @Test
    void aLoopUsesTheRuleOfItsOwnKey() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> x = tf.constant(1.5);
            Values start = Values.of("round", tf.constant(0)).with("x", x).with("unused", tf.constant(7.0));
            WhileLoop loop = doubling(tf, start);
            List<Operand<TFloat64>> ends = new ArrayList<>();
            for (double slope : new double[] {8, -1}) {
                // The second rule is wrong on purpose: it shows which rule was taken.
                String key = CustomGradients.define(tf, (inner, node, upstream) -> {
                    @SuppressWarnings("unchecked")
                    Operand<TFloat64> flowing = (Operand<TFloat64>) upstream.get(1);
                    List<Operand<?>> result = new ArrayList<>();
                    result.add(null);
                    result.add(inner.math.mul(flowing, inner.constant(slope)));
                    result.add(null);
                    return result;
                });
                ends.add(loop.run(tf, start, Values.empty(), key).values().get("x", TFloat64.class));
            }
            Operand<TFloat64> right =
                    Gradients.of(tf, ends.get(0), Values.of("x", x)).get("x", TFloat64.class);
            Operand<TFloat64> wrong =
                    Gradients.of(tf, ends.get(1), Values.of("x", x)).get("x", TFloat64.class);
            assertThat(graph.evaluate(right)[0]).isCloseTo(8, within(0.0));
            assertThat(graph.evaluate(wrong)[0]).isCloseTo(-1, within(0.0));
        }
    }

    @Test
    void aLossThatDoesNotDependOnATargetIsNamed() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> x = tf.constant(1.5);
            Operand<TFloat64> y = tf.math.square(x);
            assertThatThrownBy(() -> Gradients.of(tf, y, Values.of("x", x).with("lonely", tf.constant(1.0))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lonely");
        }
    }
}
