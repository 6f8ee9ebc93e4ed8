package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class StateAdjointsTest {

    private static final double DECAY = 0.6;
    private static final double FREQUENCY = 2.3;
    private static final double[] TIMES = {0, 0.4, 1.1, 1.5};
    private static final double[][] U0 = {{1, 0.5}, {-0.3, 2}};
    private static final double[][] WEIGHTS = {{0.7, -1}, {3, 4}};

    /** (x, y)' = (-d x - w y, w x - d y). */
    private static final VectorField<TFloat64> SPIRAL = (tf, t, u, theta) ->
            tf.linalg.matMul(u, tf.constant(new double[][] {{-DECAY, FREQUENCY}, {-FREQUENCY, -DECAY}}));

    private static Operand<TFloat64> loss(Ops tf, Operand<TFloat64> last) {
        return tf.reduceSum(tf.math.mul(last, tf.constant(WEIGHTS)), tf.constant(new int[] {0, 1}));
    }

    /** exp(A^T s) w with A^T = [[-d, w], [-w, -d]]. */
    private static double[] exact() {
        double[] all = new double[TIMES.length * 4];
        for (int k = 0; k < TIMES.length; k++) {
            double s = TIMES[TIMES.length - 1] - TIMES[k];
            double e = Math.exp(-DECAY * s);
            double c = Math.cos(FREQUENCY * s);
            double n = Math.sin(FREQUENCY * s);
            for (int b = 0; b < 2; b++) {
                all[4 * k + 2 * b] = e * (c * WEIGHTS[b][0] + n * WEIGHTS[b][1]);
                all[4 * k + 2 * b + 1] = e * (-n * WEIGHTS[b][0] + c * WEIGHTS[b][1]);
            }
        }
        return all;
    }

    @Test
    void theAdjointOfALinearProblemIsTheTransposedExponential() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            OdeSolver<TFloat64> solver = OdeSolver.of(SPIRAL, Methods.DOPRI8, new FixedSteps(0.05));
            StateAdjoints<TFloat64> found =
                    StateAdjoints.of(tf, solver, tf.constant(U0), Values.empty(), TIMES, StateAdjointsTest::loss);
            double[] expected = exact();
            assertThat(graph.evaluate(found.adjoints())).containsExactly(expected, within(1e-10));
            double[] norms = graph.evaluate(found.norms(tf));
            for (int k = 0; k < TIMES.length; k++) {
                double fall = Math.exp(-DECAY * (TIMES[TIMES.length - 1] - TIMES[k]));
                assertThat(norms[k]).isCloseTo(fall * (Math.hypot(0.7, 1) + 5) / 2, within(1e-10));
            }
        }
    }

    @Test
    void theFirstIsTheGradientOfTheInitialStateAndTheStatesAreThoseOfOneSolve() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = tf.constant(U0);
            VectorField<TFloat64> field = (inner, t, u, theta) -> inner.math.sin(SPIRAL.evaluate(inner, t, u, theta));
            OdeSolver<TFloat64> solver = OdeSolver.of(field, Methods.DOPRI5, PidController.of(1e-9, 1e-9));
            StateAdjoints<TFloat64> found =
                    StateAdjoints.of(tf, solver, u0, Values.empty(), TIMES, StateAdjointsTest::loss);
            Solution<TFloat64> whole = solver.solve(tf, u0, Values.empty(), SaveAt.stops(TIMES));
            Operand<TFloat64> gradient = Gradients.of(tf, loss(tf, whole.last()), Values.of("u0", u0))
                    .get("u0", TFloat64.class);
            Operand<TFloat64> first = tf.gather(found.adjoints(), tf.constant(0), tf.constant(0));
            assertThat(graph.evaluate(first)).containsExactly(graph.evaluate(gradient), within(1e-7));
            assertThat(graph.evaluate(found.states())).containsExactly(graph.evaluate(whole.states()), within(1e-8));
        }
    }

    @Test
    void oneTimeIsRefused() {
        try (TestGraph graph = new TestGraph()) {
            OdeSolver<TFloat64> solver = OdeSolver.of(SPIRAL, Methods.RK4, new FixedSteps(0.1));
            assertThatThrownBy(() -> StateAdjoints.of(
                            graph.tf(),
                            solver,
                            graph.tf().constant(U0),
                            Values.empty(),
                            new double[] {1},
                            StateAdjointsTest::loss))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 times");
        }
    }
}
