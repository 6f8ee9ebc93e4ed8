package dev.odeon.solvers.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Fetched;
import dev.odeon.ode.testing.Oscillator;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.PidController.Scope;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

class KeptStepsTest {

    private record Kept(double[] times, double[] states, double[] last, int[] count, int[] accepted, int[] outcome) {}

    private static <T extends TFloating> Kept solve(
            Class<T> type, Method method, StepControl control, SaveAt saveAt, double... phases) {
        try (TestGraph graph = new TestGraph()) {
            Solution<T> solution = OdeSolver.of(Oscillator.<T>field(), method, control)
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), Oscillator.starts(graph.tf(), type, phases), Values.empty(), saveAt);
            try (Result result = graph.session()
                    .runner()
                    .fetch(solution.times())
                    .fetch(solution.states())
                    .fetch(solution.last())
                    .fetch(solution.count())
                    .fetch(solution.statistics().accepted())
                    .fetch(solution.outcome())
                    .run()) {
                return new Kept(
                        Floats.read(result.get(0)),
                        Floats.read(result.get(1)),
                        Floats.read(result.get(2)),
                        Fetched.integers((TInt32) result.get(3)),
                        Fetched.integers((TInt32) result.get(4)),
                        Fetched.integers((TInt32) result.get(5)));
            }
        }
    }

    static List<Method> oneOfEachStepper() {
        return List.of(Methods.TSIT5, Methods.IMEX_RK4, Methods.KVAERNO5);
    }

    @ParameterizedTest
    @MethodSource("oneOfEachStepper")
    void everyAcceptedStepIsKeptWithItsTime(Method method) {
        Kept kept = solve(TFloat64.class, method, PidController.of(1e-7, 1e-7), SaveAt.steps(0, 3, 150), 0, 0.4);
        int count = kept.count()[0];
        assertThat(kept.outcome()).containsExactly(Outcome.SUCCESS.code());
        assertThat(count).isEqualTo(kept.accepted()[0] + 1).isGreaterThan(4);
        assertThat(kept.times()).hasSize(150);
        assertThat(kept.times()[0]).isZero();
        assertThat(kept.times()[count - 1]).isEqualTo(3);
        for (int n = 0; n < 150; n++) {
            for (int i = 0; i < 2; i++) {
                double x = kept.states()[4 * n + 2 * i];
                if (n < count) {
                    assertThat(n == 0 || kept.times()[n] > kept.times()[n - 1]).isTrue();
                    assertThat(x).isCloseTo(Math.sin(kept.times()[n] + 0.4 * i), within(1e-5));
                } else {
                    assertThat(kept.times()[n]).isNaN();
                    assertThat(x).isNaN();
                }
            }
        }
    }

    @Test
    void samplesWithTheirOwnStepsHaveTheirOwnRows() {
        PidController control = PidController.of(1e-8, 1e-8).with(Scope.EACH_SAMPLE);
        Kept kept = solve(TFloat64.class, Methods.DOPRI5, control, SaveAt.steps(2, 0, 90), 0, 1.1, 2.5);
        for (int i = 0; i < 3; i++) {
            assertThat(kept.count()[i]).isEqualTo(kept.accepted()[i] + 1);
            assertThat(kept.times()[3 * (kept.count()[i] - 1) + i]).isZero();
            for (int n = 0; n < 90; n++) {
                double time = kept.times()[3 * n + i];
                double x = kept.states()[2 * (3 * n + i)];
                if (n < kept.count()[i]) {
                    double phase = new double[] {0, 1.1, 2.5}[i];
                    assertThat(x).isCloseTo(Math.sin(time - 2 + phase), within(1e-6));
                } else {
                    assertThat(time).isNaN();
                    assertThat(x).isNaN();
                }
            }
        }
    }

    @Test
    void aSolveWithMoreStepsThanRowsEndsWithMaxRowsAndItsFirstRows() {
        for (Scope scope : Scope.values()) {
            PidController control = PidController.of(1e-8, 1e-8).with(scope);
            Kept kept = solve(TFloat64.class, Methods.TSIT5, control, SaveAt.steps(0, 3, 5), 0.2);
            assertThat(kept.outcome()).containsExactly(Outcome.MAX_ROWS.code());
            assertThat(kept.count()).containsExactly(5);
            assertThat(kept.times()[4]).isBetween(0.01, 2.9);
            assertThat(kept.states()[8])
                    .isEqualTo(kept.last()[0])
                    .isCloseTo(Math.sin(kept.times()[4] + 0.2), within(1e-6));
        }
    }

    @Test
    void asManyRowsAsStepsSuffice() {
        PidController control = PidController.of(1e-6, 1e-6);
        int needed = solve(TFloat64.class, Methods.TSIT5, control, SaveAt.steps(0, 2, 100), 0)
                .count()[0];
        Kept kept = solve(TFloat64.class, Methods.TSIT5, control, SaveAt.steps(0, 2, needed), 0);
        assertThat(kept.outcome()).containsExactly(Outcome.SUCCESS.code());
        assertThat(kept.times()[needed - 1]).isEqualTo(2);
    }

    @Test
    void stepsOfFixedSizeHaveExactlyTheirRows() {
        for (Method method : List.of(Methods.RK4, Methods.SBDF2, Methods.GAUSS4)) {
            Kept kept = solve(TFloat64.class, method, new FixedSteps(0.1), SaveAt.steps(0, 0.95, 11), 0.3);
            assertThat(kept.times()).hasSize(11);
            assertThat(kept.count()).containsExactly(11);
            for (int n = 0; n <= 10; n++) {
                assertThat(kept.times()[n]).isCloseTo(n == 10 ? 0.95 : 0.1 * n, within(1e-14));
                assertThat(kept.states()[2 * n]).isCloseTo(Math.sin(kept.times()[n] + 0.3), within(2e-2));
            }
        }
        assertThatThrownBy(
                        () -> solve(TFloat64.class, Methods.RK4, new FixedSteps(0.1), SaveAt.steps(0, 0.95, 10), 0.3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11 rows");
    }

    @Test
    void stepsOfFixedSizeAreDifferentiatedLikeGivenTimes() {
        double[] ofSteps = gradient(SaveAt.steps(0, 0.5, 6));
        double[] ofTimes = gradient(SaveAt.times(0, 0.1, 0.2, 0.3, 0.4, 0.5));
        assertThat(ofSteps).containsExactly(ofTimes, within(1e-13));
        assertThat(ofSteps[0]).isNotZero();
    }

    private static double[] gradient(SaveAt saveAt) {
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> start = Oscillator.starts(graph.tf(), TFloat64.class, 0.3);
            Solution<TFloat64> solution = OdeSolver.of(Oscillator.<TFloat64>field(), Methods.RK4, new FixedSteps(0.1))
                    .solve(graph.tf(), start, Values.empty(), saveAt);
            Operand<TFloat64> loss = graph.tf()
                    .reduceSum(
                            graph.tf().math.square(solution.states()),
                            graph.tf().constant(new int[] {0, 1, 2}));
            Operand<?> found = Gradients.of(graph.tf(), graph.tf().math.sin(loss), Values.of("start", start))
                    .get("start");
            Session session = graph.session();
            return TestGraph.evaluate(session, found);
        }
    }

    @Test
    void singlePrecisionKeepsItsSteps() {
        Kept kept = solve(TFloat32.class, Methods.TSIT5, PidController.of(1e-4, 1e-4), SaveAt.steps(0, 2, 40), 0.1);
        int count = kept.count()[0];
        assertThat(kept.times()[count - 1]).isEqualTo(2);
        assertThat(kept.states()[2 * (count - 1)]).isCloseTo(Math.sin(2.1), within(1e-3));
    }
}
