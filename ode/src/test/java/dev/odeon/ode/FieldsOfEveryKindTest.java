package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Fields of other operations than arithmetic: they gather, sum by segments, or ask a state for its shape. */
class FieldsOfEveryKindTest {

    /** Each node moves with p times the sum over its edges of the differences, on a ring of three. */
    private static final VectorField<TFloat64> GRAPH = (tf, t, u, theta) -> {
        Operand<TFloat64> from = tf.gather(u, tf.constant(new int[] {0, 1, 2}), tf.constant(0));
        Operand<TFloat64> to = tf.gather(u, tf.constant(new int[] {1, 2, 0}), tf.constant(0));
        Operand<TFloat64> flow = tf.math.tanh(tf.math.sub(from, to));
        Operand<TFloat64> sums = tf.math.unsortedSegmentSum(flow, tf.constant(new int[] {1, 2, 0}), tf.constant(3));
        return tf.math.mul(sums, theta.get("p", TFloat64.class));
    };

    private static double[] gradient(Method method, Gradient gradient) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = Floats.constant(tf, TFloat64.class, Shape.of(3, 1), 1, -0.5, 0.25);
            Values theta = Values.of("p", Floats.scalar(tf, TFloat64.class, 0.8));
            Operand<TFloat64> last = OdeSolver.of(GRAPH, method, new FixedSteps(0.05))
                    .withGradient(gradient)
                    .solve(tf, start, theta, SaveAt.end(0, 0.5))
                    .last();
            Operand<TFloat64> loss = tf.reduceSum(tf.math.square(last), tf.constant(new int[] {0, 1}));
            return TestGraph.evaluate(
                    graph.quickSession(), Gradients.of(tf, loss, theta).get("p"));
        }
    }

    @Test
    void fieldsOnGraphsHaveTheContinuousAdjointOfImplicitMethods() {
        assertThat(gradient(Methods.BDF2, new BacksolveAdjoint()))
                .containsExactly(gradient(Methods.BDF2, Gradient.DISCRETE_ADJOINT), Offset.offset(5e-3));
    }

    @Test
    void fieldsOnGraphsAreSolvedByIteration() {
        Method iterated = Methods.BACKWARD_EULER.with(Newton.full().with(Newton.Algebra.GMRES));
        assertThat(gradient(iterated, Gradient.DISCRETE_ADJOINT))
                .containsExactly(gradient(Methods.BACKWARD_EULER, Gradient.DISCRETE_ADJOINT), Offset.offset(1e-5));
    }

    @ParameterizedTest
    @EnumSource
    void stagesOfChosenStepsKnowTheirShape(DenseSolve solve) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> matrix = Floats.constant(tf, TFloat64.class, Shape.of(2, 2), -2, 1, 0.5, -3);
            Operand<TFloat64> start = Floats.constant(tf, TFloat64.class, Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
            VectorField<TFloat64> ones = (inner, t, u, theta) ->
                    inner.fill(inner.constant(u.shape().asArray()), Floats.scalar(inner, TFloat64.class, 1));
            Solution<TFloat64> solution = OdeSolver.of(
                            new SplitField<>(ones, Dense.of(matrix, solve)),
                            Methods.IMEX_RK3,
                            PidController.of(1e-4, 1e-4).withMaxSteps(500))
                    .solve(tf, start, Values.empty(), SaveAt.end(0, 10));
            // J u = -1 at rest.
            assertThat(TestGraph.evaluate(graph.quickSession(), solution.last()))
                    .containsExactly(
                            new double[] {8 / 11.0, 5 / 11.0, 8 / 11.0, 5 / 11.0, 8 / 11.0, 5 / 11.0},
                            Offset.offset(1e-3));
        }
    }
}
