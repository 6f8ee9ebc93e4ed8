package dev.odeon.solvers.dense;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

class DenseSolutionTest {

    private static final double[] PHASES = {0, 0.7, 1.9};
    private static final double[] QUERIES = {1.31, 0, 2, 0.05, 1.999, 0.777};

    private static <T extends TFloating> Solution<T> solve(
            Ops tf, Class<T> type, Method method, StepControl control, SaveAt saveAt) {
        return OdeSolver.of(Oscillator.<T>field(), method, control)
                .withGradient(Gradient.NONE)
                .solve(tf, Oscillator.starts(tf, type, PHASES), Values.empty(), saveAt);
    }

    private static <T extends TFloating> Operand<T> queries(Ops tf, Class<T> type, double... times) {
        Shape shape = Shape.of(times.length);
        return tf.placeholderWithDefault(Floats.constant(tf, type, shape, times), shape);
    }

    /** The largest error at the queries. */
    private static <T extends TFloating> double error(Class<T> type, Method method, StepControl control) {
        try (TestGraph graph = new TestGraph()) {
            DenseSolution<T> dense = solve(graph.tf(), type, method, control, SaveAt.dense(0, 2, 500))
                    .dense()
                    .orElseThrow();
            double[] states = graph.evaluate(dense.evaluate(graph.tf(), queries(graph.tf(), type, QUERIES)));
            double largest = 0;
            for (int k = 0; k < QUERIES.length; k++) {
                for (int i = 0; i < PHASES.length; i++) {
                    double x = states[2 * (k * PHASES.length + i)];
                    largest = Math.max(largest, Math.abs(x - Math.sin(QUERIES[k] + PHASES[i])));
                    assertThat(x).isNotNaN();
                }
            }
            return largest;
        }
    }

    static List<Method> choosingMethods() {
        return List.of(Methods.TSIT5, Methods.DOPRI8, Methods.IMEX_RK4, Methods.KVAERNO5);
    }

    @ParameterizedTest
    @MethodSource("choosingMethods")
    void chosenStepsAreInterpolatedAnywhere(Method method) {
        assertThat(error(TFloat64.class, method, PidController.of(1e-7, 1e-7))).isLessThan(1e-5);
    }

    @Test
    void samplesWithTheirOwnStepsAreInterpolatedAnywhere() {
        PidController control = PidController.of(1e-7, 1e-7).with(Scope.EACH_SAMPLE);
        assertThat(error(TFloat64.class, Methods.TSIT5, control)).isLessThan(3e-6);
        assertThat(error(TFloat32.class, Methods.TSIT5, control.withFirst(0.01)))
                .isLessThan(3e-6);
    }

    static List<Method> fixedMethods() {
        return List.of(Methods.RK4, Methods.GAUSS4, Methods.IMEX_RK5, Methods.SBDF4);
    }

    @ParameterizedTest
    @MethodSource("fixedMethods")
    void cubicsBetweenStepsOfFixedSizeAreOfOrderFour(Method method) {
        // Steps that have every query at the same fractions.
        double coarse = error(TFloat64.class, method, new FixedSteps(0.1));
        double fine = error(TFloat64.class, method, new FixedSteps(0.05));
        assertThat(Math.log(coarse / fine) / Math.log(2)).isGreaterThan(3.4);
        assertThat(fine).isLessThan(3e-5);
    }

    @ParameterizedTest
    @CsvSource({"tsit5, 4", "dopri5, 4", "dopri8, 5", "bosh3, 3"})
    void theMethodsOwnPolynomialsHaveTheirOrder(String name, int order) {
        Method method = Methods.named(name);
        double slope = Math.log(errorInTheMiddle(method, 0.4) / errorInTheMiddle(method, 0.2)) / Math.log(2);
        // The error of a polynomial of order p within one step falls with the power p + 1 at least.
        assertThat(slope).isGreaterThan(order + 0.7);
    }

    /** Of a single step. */
    private static double errorInTheMiddle(Method method, double size) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            SaveAt saveAt = SaveAt.dense(0, size, 1);
            DenseSolution<TFloat64> dense = solve(tf, TFloat64.class, method, new FixedSteps(size), saveAt)
                    .dense()
                    .orElseThrow();
            double[] states = graph.evaluate(dense.evaluate(tf, size / 2));
            double largest = 0;
            for (int i = 0; i < PHASES.length; i++) {
                largest = Math.max(largest, Math.abs(states[2 * i] - Math.sin(size / 2 + PHASES[i])));
            }
            return largest;
        }
    }

    @Test
    void aSolveOfFewerStepsThanAMultistepMethodReachesBackIsInterpolated() {
        assertThat(error(TFloat64.class, Methods.SBDF4, new FixedSteps(0.5))).isLessThan(5e-2);
        assertThat(error(TFloat64.class, Methods.SBDF4, new FixedSteps(1))).isLessThan(0.2);
    }

    @Test
    void reverseTimeIsInterpolated() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            DenseSolution<TFloat64> dense = solve(
                            tf, TFloat64.class, Methods.TSIT5, PidController.of(1e-8, 1e-8), SaveAt.dense(1, -1, 100))
                    .dense()
                    .orElseThrow();
            double[] states = graph.evaluate(dense.evaluate(tf, 0.25, -0.8));
            for (int i = 0; i < PHASES.length; i++) {
                assertThat(states[2 * i]).isCloseTo(Math.sin(-0.75 + PHASES[i]), within(1e-6));
                assertThat(states[2 * (3 + i)]).isCloseTo(Math.sin(-1.8 + PHASES[i]), within(1e-6));
            }
        }
    }

    @Test
    void timesOutsideAreNotANumberInTheGraphAndRefusedInJava() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            for (StepControl control : List.of(PidController.of(1e-5, 1e-5), new FixedSteps(0.1))) {
                DenseSolution<TFloat64> dense = solve(
                                tf, TFloat64.class, Methods.TSIT5, control, SaveAt.dense(0, 2, 100))
                        .dense()
                        .orElseThrow();
                assertThat(graph.evaluate(dense.evaluate(tf, queries(tf, TFloat64.class, -0.01, 2.01))))
                        .containsOnly(Double.NaN);
                assertThatThrownBy(() -> dense.evaluate(tf, 1, 2.5))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("2.5");
            }
        }
    }

    @Test
    void aScalarTimeGivesOneStateAndItsDerivativeIsTheRate() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            DenseSolution<TFloat64> dense = solve(
                            tf, TFloat64.class, Methods.DOPRI5, PidController.of(1e-9, 1e-9), SaveAt.dense(0, 2, 100))
                    .dense()
                    .orElseThrow();
            Operand<TFloat64> time = tf.placeholderWithDefault(tf.constant(0.9), Shape.scalar());
            Operand<TFloat64> state = dense.evaluate(tf, time);
            assertThat(graph.evaluate(state)).hasSize(6);
            Operand<TFloat64> sum = tf.reduceSum(Oscillator.column(tf, state, 0), tf.constant(new int[] {0, 1}));
            double[] slope = graph.evaluate(
                    Gradients.of(tf, sum, Values.of("time", time)).get("time"));
            assertThat(slope[0]).isCloseTo(Math.cos(0.9) + Math.cos(1.6) + Math.cos(2.8), within(1e-5));
        }
    }

    @Test
    void tooFewRowsEndTheSolveAndWhatItReachedIsInterpolated() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Solution<TFloat64> solution =
                    solve(tf, TFloat64.class, Methods.TSIT5, PidController.of(1e-8, 1e-8), SaveAt.dense(0, 2, 3));
            DenseSolution<TFloat64> dense = solution.dense().orElseThrow();
            double end = graph.evaluate(dense.ends())[0];
            assertThat(graph.evaluateInt(solution.outcome())).isEqualTo(Outcome.MAX_ROWS.code());
            assertThat(graph.evaluateInt(dense.count())).isEqualTo(3);
            assertThat(end).isBetween(0.001, 1.9);
            double[] states = graph.evaluate(dense.evaluate(tf, end / 2, end + 0.05));
            assertThat(states[0]).isCloseTo(Math.sin(end / 2), within(1e-6));
            assertThat(states[6]).isNaN();
        }
    }
}
