package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** What solves cost, as the loops count it. */
class CountsTest {

    private record Costs(int nfe, int solves, int factors, int iterations, int steps) {}

    private static Costs costs(Method method) {
        try (TestGraph graph = new TestGraph()) {
            SplitField<TFloat64> field = new SplitField<>((tf, t, u, theta) -> tf.math.sin(u), ScaledIdentity.of(-1));
            Operand<TFloat64> u0 = graph.tf().constant(new double[][] {{1.0, 2.0}});
            Solution<TFloat64> solution = OdeSolver.of(field, method, new FixedSteps(0.1))
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 2));
            Session session = graph.session();
            return new Costs(
                    TestGraph.evaluateInt(session, solution.statistics().nfe()),
                    TestGraph.evaluateInt(session, solution.statistics().linearSolves()),
                    TestGraph.evaluateInt(session, solution.statistics().factorizations()),
                    TestGraph.evaluateInt(session, solution.statistics().newtonIterations()),
                    TestGraph.evaluateInt(session, solution.statistics().accepted()));
        }
    }

    @Test
    void multistepMethodsEvaluateOnceAStepWithOneFactor() {
        // 19 steps, one by IMEX-RK2 with two stages and a factor of its own, and the rate before that.
        assertThat(costs(Methods.SBDF2)).isEqualTo(new Costs(19 + 2 + 1, 19 + 2, 2, 0, 20));
        assertThat(costs(Methods.CNAB2)).isEqualTo(new Costs(19 + 2 + 1, 19 + 2, 2, 0, 20));
        assertThat(costs(Methods.IMEX_RK2)).isEqualTo(new Costs(40, 40, 1, 0, 20));
        // 16 steps by Dopri5's six stages less: four by Dopri5, and four rates before the loop.
        assertThat(costs(Methods.AB5)).isEqualTo(new Costs(16 + 4 * 6 + 4, 0, 0, 0, 20));
        assertThat(costs(Methods.ABM2)).isEqualTo(new Costs(2 * 19 + 4 + 2, 0, 0, 0, 20));
    }

    @Test
    void theChordMethodMakesOneFactorAStep() {
        Costs full = costs(Methods.BACKWARD_EULER);
        Costs chord = costs(Methods.BACKWARD_EULER.with(Newton.chord()));
        assertThat(chord.factors()).isEqualTo(20);
        assertThat(full.factors()).isEqualTo(full.iterations()).isGreaterThan(20);
        assertThat(chord.iterations()).isGreaterThan(full.iterations());
    }

    /** A Jacobian of two eigenvalues: at most two directions, the product for the residual, and the residual itself. */
    @Test
    void matrixFreeNewtonCountsItsProducts() {
        Costs costs = costs(Methods.BACKWARD_EULER.with(Newton.full().with(Newton.Algebra.GMRES)));
        assertThat(costs.factors()).isZero();
        assertThat(costs.solves()).isEqualTo(costs.iterations());
        assertThat(costs.nfe()).isGreaterThan(3 * costs.iterations() - 20).isLessThanOrEqualTo(4 * costs.iterations());
    }

    @Test
    void chosenStepsWorkInSinglePrecision() {
        for (Method method : new Method[] {Methods.TSIT5, Methods.IMEX_RK4, Methods.KVAERNO3}) {
            try (TestGraph graph = new TestGraph()) {
                SplitField<TFloat32> field = new SplitField<>(
                        (tf, t, u, theta) -> tf.math.mul(u, tf.constant(-0.5f)), ScaledIdentity.of(-0.5));
                Operand<TFloat32> u0 = graph.tf().constant(new float[][] {{1f}});
                Solution<TFloat32> solution = OdeSolver.of(field, method, PidController.of(1e-4, 1e-4))
                        .withGradient(Gradient.NONE)
                        .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 1));
                Session session = graph.session();
                assertThat(Outcome.ofCode(TestGraph.evaluateInt(session, solution.outcome())))
                        .isEqualTo(Outcome.SUCCESS);
                assertThat(Math.abs(TestGraph.evaluate(session, solution.last())[0] - Math.exp(-1)))
                        .isLessThan(1e-3);
            }
        }
    }
}
