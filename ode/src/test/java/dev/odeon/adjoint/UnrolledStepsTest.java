package dev.odeon.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Unrolled steps neither end the process nor keep it busy without a word. */
class UnrolledStepsTest {

    private static final long SMALL_STACK = 512L << 10;

    /** y' = p y with y(0) = 1, all of them constants of the graph. */
    private static Values gradients(Ops tf, int steps, SaveAt saveAt) {
        VectorField<TFloat64> field = (inner, t, u, theta) -> inner.math.mul(u, theta.get("p", TFloat64.class));
        Operand<TFloat64> start = Floats.constant(tf, TFloat64.class, Shape.of(1, 1), 1);
        Values theta = Values.of("p", Floats.scalar(tf, TFloat64.class, -0.5));
        Operand<TFloat64> states = OdeSolver.of(field, Methods.RK4, new FixedSteps(1.0 / steps))
                .withGradient(Gradient.BACKPROPAGATION)
                .solve(tf, start, theta, saveAt)
                .states();
        Operand<TFloat64> loss = tf.reduceSum(states, tf.constant(new int[] {0, 1, 2}));
        return Gradients.of(tf, loss, theta.with("start", start));
    }

    /** Without barriers TensorFlow computes the whole chain on the stack of the calling thread, which then overflows. */
    @Test
    void longChainsOfConstantsDoNotOverflowTheStack() throws InterruptedException {
        try (TestGraph graph = new TestGraph()) {
            Values gradients = gradients(graph.tf(), 100, SaveAt.times(0, 1));
            Session session = graph.quickSession();
            List<Double> found = new ArrayList<>();
            Thread thread = new Thread(
                    null,
                    () -> {
                        for (Operand<?> gradient : gradients.operands()) {
                            found.add(TestGraph.evaluate(session, gradient)[0]);
                        }
                    },
                    "small stack",
                    SMALL_STACK);
            thread.start();
            thread.join();
            assertThat(found)
                    .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-8 ? 0 : 1)
                    .containsExactly(Math.exp(-0.5), 1 + Math.exp(-0.5));
        }
    }

    @Test
    void tooManyStepsAreRefusedWithARemedy() {
        try (TestGraph graph = new TestGraph()) {
            assertThatThrownBy(() -> gradients(graph.tf(), 5000, SaveAt.end(0, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("5000 steps of \\d+ operations each are too many to unroll.*"
                            + "take Gradient.DISCRETE_ADJOINT.* or \\d+ steps or less");
        }
    }
}
