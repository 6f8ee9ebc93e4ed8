package dev.odeon.solvers.solve;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.Jumps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** How the way back over several stretches ended: what failed first on it, wherever that is. */
class BackwardOutcomeTest {

    /** u' = -r (u - t), r of each of three stretches; back in time exp(50 t) grows beyond all comparison. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, SUCCESS",
        "100, 1, 1, UNRELIABLE_GRADIENT",
        "1, 100, 1, UNRELIABLE_GRADIENT",
        "1, 1, 100, UNRELIABLE_GRADIENT"
    })
    void theFirstFailureOnTheWayBackIsTold(double first, double second, double third, Outcome expected) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> start = fed(tf, new double[] {2, 1}, 2, 1);
            VectorField<TFloat64> field = (inner, t, u, theta) -> {
                Operand<TFloat64> rate = inner.select(
                        inner.math.less(t, inner.constant(0.5)),
                        inner.constant(first),
                        inner.select(
                                inner.math.less(t, inner.constant(1.0)),
                                inner.constant(second),
                                inner.constant(third)));
                return inner.math.mul(rate, inner.math.sub(t, u));
            };
            Solution<TFloat64> solution = OdeSolver.of(field, Methods.RK4, new FixedSteps(0.005))
                    .withGradient(new BacksolveAdjoint())
                    .withJumps(Jumps.at(0.5, 1))
                    .solve(tf, start, Values.empty(), SaveAt.end(0, 1.5));
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Operand<TFloat64> slope =
                    Gradients.of(tf, loss, Values.of("u0", start)).get("u0", TFloat64.class);
            double[] all = TestGraph.evaluate(
                    graph.quickSession(),
                    tf.concat(
                            List.of(
                                    tf.dtypes.cast(solution.backwardOutcome().orElseThrow(), TFloat64.class),
                                    tf.reshape(slope, tf.constant(new int[] {-1}))),
                            tf.constant(0)));
            assertThat(all[0]).isEqualTo(expected.code());
            assertThat(all[1]).isEqualTo(expected.code());
            assertThat(Double.isNaN(all[2])).isEqualTo(expected != Outcome.SUCCESS);
        }
    }
}
