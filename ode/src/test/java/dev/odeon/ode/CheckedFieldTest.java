package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Circulant;
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
import org.tensorflow.types.TFloat64;

/** Rates that do not have the shape of the state. */
class CheckedFieldTest {

    private static final VectorField<TFloat64> RATES = (tf, t, u, theta) -> theta.get("rates", TFloat64.class);

    static List<Gradient> gradients() {
        return List.of(
                Gradient.DISCRETE_ADJOINT, new ReversibleAdjoint(), new BacksolveAdjoint(), Gradient.BACKPROPAGATION);
    }

    private static Operand<TFloat64> last(
            Ops tf, Method method, Gradient gradient, Operand<TFloat64> start, Operand<TFloat64> rates) {
        return OdeSolver.of(new SplitField<>(RATES, ScaledIdentity.of(0)), method, new FixedSteps(0.1))
                .withGradient(gradient)
                .solve(tf, start, Values.of("rates", rates), SaveAt.end(0, 0.5))
                .last();
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void sharedRatesHaveTheGradientOfAllThatShareThem(Gradient gradient) {
        for (Method method : List.of(Methods.RK4, Methods.IMEX_RK3, Methods.BACKWARD_EULER)) {
            for (long batch : new long[] {3, Shape.UNKNOWN_SIZE}) {
                assertThat(gradient(method, gradient, batch, Shape.of(2), 1, 2))
                        .containsExactly(new double[] {1.5, 1.5}, within(1e-12));
            }
            assertThat(gradient(method, gradient, 3, Shape.scalar(), 1))
                    .containsExactly(new double[] {3}, within(1e-12));
            assertThat(gradient(method, gradient, 3, Shape.of(3, 1), 1, 2, 3))
                    .containsExactly(new double[] {1, 1, 1}, within(1e-12));
        }
    }

    /** Of the sum of the last states, u = rates / 2, with respect to the rates. */
    private static double[] gradient(Method method, Gradient gradient, long batch, Shape shape, double... values) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> rates =
                    tf.placeholderWithDefault(Floats.constant(tf, TFloat64.class, shape, values), shape);
            Operand<TFloat64> start = tf.placeholderWithDefault(
                    tf.zeros(tf.constant(new int[] {3, 2}), TFloat64.class), Shape.of(batch, 2));
            Operand<TFloat64> loss =
                    tf.reduceSum(last(tf, method, gradient, start, rates), tf.constant(new int[] {0, 1}));
            return TestGraph.evaluate(
                    graph.quickSession(),
                    Gradients.of(tf, loss, Values.of("rates", rates)).get("rates"));
        }
    }

    @Test
    void ratesOfAnotherShapeAreRefused() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = tf.constant(new double[3][2]);
            for (Operand<TFloat64> rates : List.of(
                    tf.constant(new double[3]), tf.constant(new double[2][2]), tf.constant(new double[1][3][2]))) {
                assertThatThrownBy(() -> last(tf, Methods.RK4, Gradient.NONE, start, rates))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("The field has rates of shape " + rates.shape()
                                + " for states of shape [3, 2]: return one rate for each number of the state");
            }
        }
    }

    /** A stencil would go round a ring of any length. */
    @Test
    void aLinearPartOfAnotherSizeThanTheStateIsRefused() {
        for (Shape shape : List.of(Shape.of(2, 6), Shape.of(2, 3, 8), Shape.of(8))) {
            for (Method method : List.of(Methods.RK4, Methods.IMEX_RK3)) {
                try (TestGraph graph = new TestGraph()) {
                    Ops tf = graph.tf();
                    Operand<TFloat64> start = tf.fill(tf.constant(shape.asArray()), tf.constant(1.0));
                    OdeSolver<TFloat64> solver = OdeSolver.of(
                            new SplitField<>((inner, t, u, theta) -> u, Circulant.stencil(8, 1, -2, 1)),
                            method,
                            new FixedSteps(0.1));
                    assertThatThrownBy(() -> solver.solve(tf, start, Values.empty(), SaveAt.end(0, 1)))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("8 components")
                            .hasMessageContaining("[batch, 8]");
                }
            }
        }
    }
}
