package dev.odeon.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/** Rates that the samples share, which a field must spread over the batch itself. */
class CheckedFieldTest {

    private static final VectorField<TFloat64> SHARED = (tf, t, u, theta) -> theta.get("rates", TFloat64.class);

    private static final VectorField<TFloat64> SPREAD =
            (tf, t, u, theta) -> tf.broadcastTo(theta.get("rates", TFloat64.class), tf.shape(u));

    static List<Method> methods() {
        return List.of(Methods.RK4, Methods.IMEX_RK3, Methods.BACKWARD_EULER);
    }

    private static Solution<TFloat64> solved(
            Ops tf, VectorField<TFloat64> field, Method method, Shape shape, Operand<TFloat64> rates) {
        Operand<TFloat64> start = tf.placeholder(TFloat64.class, Placeholder.shape(shape));
        return OdeSolver.of(new SplitField<>(field, ScaledIdentity.of(0)), method, new FixedSteps(0.1))
                .solve(tf, start, Values.of("rates", rates), SaveAt.end(0, 0.5));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void sharedRatesAreRefused(Method method) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> rates = tf.constant(new double[] {1, 2});
            assertThatThrownBy(() -> solved(tf, SHARED, method, Shape.of(3, 2), rates))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("shape [2] for states of shape [3, 2]")
                    .hasMessageContaining("tf.broadcastTo")
                    .hasMessageNotContaining("\n");
            Operand<TFloat64> row = tf.constant(new double[][] {{1, 2}});
            assertThatThrownBy(() -> solved(tf, SHARED, method, Shape.of(-1, 2), row))
                    .hasMessageContaining("shape [1, 2] for states of shape [-1, 2]");
        }
    }

    @Test
    void ratesSpreadOverTheBatchHaveTheGradientOfAllSamples() {
        for (Method method : methods()) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat64> rates = tf.placeholderWithDefault(tf.constant(new double[] {1, 2}), Shape.of(2));
                Operand<TFloat64> start = tf.zeros(tf.constant(new int[] {3, 2}), TFloat64.class);
                Operand<TFloat64> last = OdeSolver.of(
                                new SplitField<>(SPREAD, ScaledIdentity.of(0)), method, new FixedSteps(0.1))
                        .solve(tf, start, Values.of("rates", rates), SaveAt.end(0, 0.5))
                        .last();
                Operand<TFloat64> loss = tf.reduceSum(last, tf.constant(new int[] {0, 1}));
                assertThat(graph.evaluate(Gradients.of(tf, loss, Values.of("rates", rates))
                                .get("rates", TFloat64.class)))
                        .containsExactly(new double[] {1.5, 1.5}, within(1e-14));
            }
        }
    }
}
