package dev.odeon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class WhileLoopTest {

    /** Multiplies x by the invariant factor five times. */
    private static Values power(Ops tf, Values start, Values factor) {
        WhileLoop loop = WhileLoop.define(
                tf,
                "power",
                start.specs(),
                factor.specs(),
                WhileLoopTest::fiveRounds,
                (inner, carried, invariants) -> carried.with(
                                "round", inner.math.add(carried.get("round", TInt32.class), inner.constant(1)))
                        .with(
                                "x",
                                inner.math.mul(
                                        carried.get("x", TFloat64.class), invariants.get("factor", TFloat64.class))));
        return loop.run(tf, start, factor).values();
    }

    private static Operand<TBool> fiveRounds(Ops tf, Values carried, Values invariants) {
        return tf.math.less(carried.get("round", TInt32.class), tf.constant(5));
    }

    @ParameterizedTest
    @EnumSource
    void carriesValuesFromRoundToRound(Compilation compilation) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.of("x", tf.constant(3.0)).with("factor", tf.constant(2.0));
            Values result = compilation.run(
                    tf,
                    "powers",
                    arguments,
                    (inner, values) -> power(
                            inner,
                            Values.of("round", inner.constant(0)).with("x", values.get("x")),
                            Values.of("factor", values.get("factor"))));
            assertThat(graph.evaluate(result.get("x"))).containsExactly(96);
        }
    }

    @Test
    void refusesABodyThatForgetsACarriedValue() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values start = Values.of("round", tf.constant(0)).with("x", tf.constant(1.0));
            assertThatThrownBy(() -> WhileLoop.define(
                            tf,
                            "forgetful",
                            start.specs(),
                            List.of(),
                            WhileLoopTest::fiveRounds,
                            (inner, carried, invariants) -> Values.of("x", carried.get("x"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("forgetful")
                    .hasMessageContaining("return every carried value");
        }
    }

    @Test
    void refusesATypeThatChanges() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values start = Values.of("round", tf.constant(0)).with("x", tf.constant(1.0));
            assertThatThrownBy(() -> WhileLoop.define(
                            tf,
                            "changing",
                            start.specs(),
                            List.of(),
                            WhileLoopTest::fiveRounds,
                            (inner, carried, invariants) -> carried.with("x", inner.constant(1f))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("TFloat32");
        }
    }
}
