package dev.odeon.solvers.solve;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.Jumps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.PidController.Scope;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Where trained jumps lie: u' = -u + H(t - tau1) + H(t - tau2), u(0) = 1. */
class TrainedJumpsTest {

    private static final PidController CHOSEN = PidController.of(1e-9, 1e-9).withMaxSteps(1000);

    /** The state and the outcome at the end, and the gradients with respect to the jumps and the start. */
    private record Solved(double end, int outcome, double[] ofJumps, double ofStart) {}

    private static Solved solved(Method method, StepControl control, SaveAt saveAt, double... taus) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> jumps = fed(tf, taus, taus.length);
            Operand<TFloat64> start = fed(tf, new double[] {1}, 1, 1);
            VectorField<TFloat64> field = (inner, t, u, theta) -> {
                Operand<TFloat64> all = theta.get("jumps", TFloat64.class);
                Operand<TFloat64> passed = inner.dtypes.cast(inner.math.greater(t, all), TFloat64.class);
                Operand<TFloat64> count =
                        inner.reduceSum(passed, inner.range(inner.constant(0), inner.rank(passed), inner.constant(1)));
                return inner.math.sub(count, u);
            };
            Solution<TFloat64> solution = OdeSolver.of(field, method, control)
                    .withJumps(Jumps.trained(jumps))
                    .solve(tf, start, Values.empty().withConstant("jumps", jumps), saveAt);
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Values slopes = Gradients.of(tf, loss, Values.of("jumps", jumps).with("start", start));
            Operand<TFloat64> outcome = tf.dtypes.cast(solution.outcome(), TFloat64.class);
            double[] all = TestGraph.evaluate(
                    graph.quickSession(),
                    tf.concat(
                            Stream.of(
                                            loss,
                                            outcome,
                                            slopes.get("start", TFloat64.class),
                                            slopes.get("jumps", TFloat64.class))
                                    .<Operand<TFloat64>>map(each -> tf.reshape(each, tf.constant(new int[] {-1})))
                                    .toList(),
                            tf.constant(0)));
            return new Solved(all[0], (int) all[1], Arrays.copyOfRange(all, 3, all.length), all[2]);
        }
    }

    static Stream<Arguments> controls() {
        return Stream.of(
                Arguments.of(Methods.TSIT5, CHOSEN),
                Arguments.of(Methods.TSIT5, CHOSEN.with(Scope.EACH_SAMPLE)),
                Arguments.of(Methods.DOPRI5, new StepsPerInterval(20)));
    }

    /** Also jumps so near to each other that no number lies between them on the right side of both. */
    @ParameterizedTest
    @MethodSource("controls")
    void thoseThatCoincideOrTurnBackEndWithTheirOutcomeAndWithoutGradients(Method method, StepControl control) {
        for (double[] taus :
                List.of(new double[] {0.7, 0.3}, new double[] {0.5, 0.5}, new double[] {0.5, Math.nextUp(0.5)})) {
            Solved solved = solved(method, control, SaveAt.end(0, 1), taus);
            assertThat(solved.outcome()).isEqualTo(Outcome.INVALID_TIMES.code());
            assertThat(solved.ofStart()).isNaN();
            assertThat(solved.ofJumps()).containsOnly(Double.NaN);
        }
    }

    /** There the gradient is that towards the inside: du(1) / dtau = -exp(tau - 1). */
    @ParameterizedTest
    @MethodSource("controls")
    void theyMayLieAtTheEndsOfTheSolve(Method method, StepControl control) {
        for (double[] taus : List.of(new double[] {0, 1}, new double[] {0.2, Math.nextUp(Math.nextUp(0.2))})) {
            Solved solved = solved(method, control, SaveAt.end(0, 1), taus);
            assertThat(solved.outcome()).isEqualTo(Outcome.SUCCESS.code());
            assertThat(solved.end())
                    .isCloseTo(Math.exp(-1) + 2 - Math.exp(taus[0] - 1) - Math.exp(taus[1] - 1), within(1e-7));
            assertThat(solved.ofStart()).isCloseTo(Math.exp(-1), within(1e-5));
            for (int k = 0; k < 2; k++) {
                assertThat(solved.ofJumps()[k]).isCloseTo(-Math.exp(taus[k] - 1), within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("controls")
    void inReverseTheirOrderIsReverse(Method method, StepControl control) {
        assertThat(solved(method, control, SaveAt.end(1, 0), 0.7, 0.3).outcome())
                .isEqualTo(Outcome.SUCCESS.code());
        assertThat(solved(method, control, SaveAt.end(1, 0), 0.3, 0.7).outcome())
                .isEqualTo(Outcome.INVALID_TIMES.code());
    }
}
