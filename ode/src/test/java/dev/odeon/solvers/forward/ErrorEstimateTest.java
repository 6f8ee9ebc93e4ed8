package dev.odeon.solvers.forward;

import static dev.odeon.ode.testing.Fed.fed;
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
import dev.odeon.solvers.EstimatedError;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.Jumps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

class ErrorEstimateTest {

    /** One solve of y' = rate (y - cos t), rate y the linear part. */
    private record Told(double[] states, double[] errors, EstimatedError worst, Outcome outcome) {}

    private static <T extends TFloating> OdeSolver<T> solver(
            Class<T> type, double rate, Method method, StepControl control) {
        SplitField<T> field = new SplitField<>(
                (tf, t, u, theta) ->
                        tf.math.add(tf.math.mul(tf.math.cos(t), Floats.scalar(tf, type, -rate)), tf.zerosLike(u)),
                Diagonal.of(rate));
        return OdeSolver.of(field, method, control).withGradient(Gradient.NONE).withErrorEstimate();
    }

    private static <T extends TFloating> Told told(
            Class<T> type, double rate, double[] u0, Method method, StepControl control) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Solution<T> solution = solver(type, rate, method, control)
                    .solve(tf, fed(tf, type, u0, u0.length, 1), Values.empty(), SaveAt.times(0, 0.5, 1));
            Session.Runner runner = graph.quickSession()
                    .runner()
                    .fetch(solution.states())
                    .fetch(solution.statistics().largestError().orElseThrow())
                    .fetch(solution.outcome());
            try (Result result = runner.run()) {
                return new Told(
                        Floats.read(result.get(0)),
                        Floats.read(result.get(1)),
                        EstimatedError.of(result.get(1), result.get(0)),
                        Outcome.of(result.get(2)));
            }
        }
    }

    /** y' = -1000 (y - cos t) with steps of 0.1 errs by -43 and -39, with SUCCESS. */
    @ParameterizedTest
    @ValueSource(strings = {"imex-rk2", "ssp2-222", "ssp3-332", "ssp3-433"})
    void combinationsOfStagesFailOnAMovingTargetAndTellIt(String name) {
        for (Class<? extends TFloating> type : List.of(TFloat64.class, TFloat32.class)) {
            Told told = told(type, -1000, new double[] {1}, Methods.named(name), new FixedSteps(0.1));
            assertThat(told.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(told.states()[2] - Math.cos(1)).isLessThan(-15);
            assertThat(told.worst().relative()).isGreaterThan(1);
            assertThat(told.worst().advice().orElseThrow())
                    .contains("A step errs by")
                    .contains("imex-rk4");
        }
    }

    /** One jump inside the interval, one outside. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 7})
    void aSolveThatIsToldOfJumpsTellsItToo(double jump) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            OdeSolver<TFloat64> solver = solver(TFloat64.class, -1000, Methods.IMEX_RK2, new FixedSteps(0.1))
                    .withJumps(Jumps.at(jump));
            Solution<TFloat64> solution =
                    solver.solve(tf, fed(tf, TFloat64.class, new double[] {1}, 1, 1), Values.empty(), SaveAt.end(0, 1));
            assertThat(TestGraph.evaluate(
                            graph.quickSession(),
                            solution.statistics().largestError().orElseThrow()))
                    .satisfies(errors -> assertThat(errors[0]).isGreaterThan(1));
        }
    }

    /** A sample that met its event rests there; the steps that the others go on with are not its own. */
    @Test
    void whatOthersDoAfterAnEventDoesNotCount() {
        double[][] both = new double[2][];
        for (int samples = 1; samples <= 2; samples++) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                // exp(t^2), whose steps err more and more; the first sample stops at 2, the second goes on.
                OdeSolver<TFloat64> solver = OdeSolver.<TFloat64>of(
                                (inner, t, u, theta) -> inner.math.mul(inner.math.mul(t, inner.constant(2.0)), u),
                                Methods.BOGACKI_SHAMPINE3,
                                new FixedSteps(0.1))
                        .withEvent(StopEvent.of((inner, t, u, theta) -> inner.math.sub(
                                inner.gather(u, inner.constant(0), inner.constant(1)), inner.constant(2.0))))
                        .withErrorEstimate();
                Operand<TFloat64> u0 =
                        fed(tf, TFloat64.class, samples == 1 ? new double[] {1} : new double[] {1, 3}, samples, 1);
                Solution<TFloat64> solution = solver.solve(tf, u0, Values.empty(), SaveAt.end(0, 2));
                both[samples - 1] = TestGraph.evaluate(
                        graph.quickSession(),
                        solution.statistics().largestError().orElseThrow());
            }
        }
        assertThat(both[1][0]).isPositive().isEqualTo(both[0][0]);
        assertThat(both[1][1]).isGreaterThan(100 * both[1][0]);
    }

    /** Samples with times of their own, as accurate as those of one time, by methods that remember a rate otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"tsit5", "heun", "imex-rk3", "kvaerno3"})
    void samplesWithTimesOfTheirOwnTellTheirErrors(String name) {
        Method method = Methods.named(name);
        double[] start = {1, 3};
        double[] shared =
                told(TFloat64.class, -2, start, method, new FixedSteps(0.1)).errors();
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            OdeSolver<TFloat64> solver = solver(TFloat64.class, -2, method, new StepsPerInterval(5));
            Operand<TFloat64> times = tf.constant(new double[][] {{0, 0.5, 1}, {0, 0.5, 1}});
            Solution<TFloat64> solution =
                    solver.solve(tf, fed(tf, TFloat64.class, start, 2, 1), Values.empty(), SampleTimes.of(times));
            double[] own = TestGraph.evaluate(
                    graph.quickSession(), solution.statistics().largestError().orElseThrow());
            assertThat(own).containsExactly(shared, within(1e-12));
        }
    }

    /** The gradient is refused when it is asked for, and no solver need be told that there is none. */
    @Test
    void theGradientOfASolveThatTellsIsRefusedWhenItIsAskedFor() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, TFloat64.class, new double[] {1}, 1, 1);
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.neg(u), Methods.TSIT5, new FixedSteps(0.1))
                    .withErrorEstimate()
                    .solve(tf, u0, Values.empty(), SaveAt.end(0, 1));
            assertThat(solution.statistics().largestError()).isPresent();
            assertThatThrownBy(() -> Gradients.of(tf, solution.last(), Values.of("u0", u0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Gradient.NONE with withErrorEstimate");
        }
    }

    @Test
    void howFarTheyAreOff() {
        FixedSteps steps = new FixedSteps(0.1);
        assertThat(told(TFloat64.class, -1000, new double[] {1}, Methods.IMEX_RK2, steps)
                                .states()[2]
                        - Math.cos(1))
                .isCloseTo(-43, within(0.5));
        assertThat(told(TFloat64.class, -1000, new double[] {1}, Methods.named("ssp3-332"), steps)
                                .states()[2]
                        - Math.cos(1))
                .isCloseTo(-39, within(0.5));
    }

    @Test
    void aMethodThatEndsWithItsLastStageFollowsTheTarget() {
        for (Method method : List.of(Methods.IMEX_RK4, Methods.named("kencarp58"), Methods.named("bhr-553"))) {
            Told told = told(TFloat64.class, -1000, new double[] {1}, method, new FixedSteps(0.1));
            assertThat(told.states()[2]).isCloseTo(Math.cos(1), within(0.02));
            assertThat(told.worst().advice()).as(method.name()).isEmpty();
        }
    }

    /** One of each stepper, and estimates that read the rate at the end of the step. */
    static Stream<Method> estimating() {
        return Stream.of(
                Methods.TSIT5,
                Methods.BOGACKI_SHAMPINE3,
                Methods.IMEX_RK3,
                Methods.KVAERNO3,
                Methods.SDIRK2,
                Methods.RADAU5);
    }

    /** The estimate of order q falls with h^(q + 1), and leaves the steps as they are. */
    @ParameterizedTest
    @MethodSource("estimating")
    void theEstimateFallsWithTheStepAndChangesNothing(Method method) {
        double[] start = {1, 3};
        Told coarse = told(TFloat64.class, -2, start, method, new FixedSteps(0.05));
        Told fine = told(TFloat64.class, -2, start, method, new FixedSteps(0.025));
        int order = Math.min(method.embedded().orElseThrow().order(), method.order());
        for (int sample = 0; sample < 2; sample++) {
            double slope = Math.log(coarse.errors()[sample] / fine.errors()[sample]) / Math.log(2);
            assertThat(slope).isBetween(order + 0.6, order + 1.5);
        }
        // The second sample starts further from its target.
        assertThat(coarse.errors()[1]).isGreaterThan(coarse.errors()[0]);
        assertThat(coarse.states()).containsExactly(plain(start, method), within(1e-14));
    }

    private static double[] plain(double[] u0, Method method) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            SplitField<TFloat64> field = new SplitField<>(
                    (inner, t, u, theta) ->
                            inner.math.add(inner.math.mul(inner.math.cos(t), inner.constant(2.0)), inner.zerosLike(u)),
                    Diagonal.of(-2));
            Solution<TFloat64> solution = OdeSolver.of(field, method, new FixedSteps(0.05))
                    .withGradient(Gradient.NONE)
                    .solve(tf, fed(tf, u0, u0.length, 1), Values.empty(), SaveAt.times(0, 0.5, 1));
            assertThat(solution.statistics().largestError()).isEmpty();
            return TestGraph.evaluate(graph.quickSession(), solution.states());
        }
    }

    /** Estimates without a rate at the end cost no evaluation. */
    @Test
    void theEstimateOfAnImexMethodCostsASum() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Solution<TFloat64> solution = solver(TFloat64.class, -2, Methods.IMEX_RK2, new FixedSteps(0.1))
                    .solve(tf, fed(tf, new double[] {1}, 1, 1), Values.empty(), SaveAt.end(0, 1));
            Operand<TInt32> nfe = solution.statistics().nfe();
            try (Result result = graph.quickSession().runner().fetch(nfe).run()) {
                assertThat(((TInt32) result.get(0)).getInt()).isEqualTo(20);
            }
        }
    }

    @Test
    void whatCannotBeToldIsRefused() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, new double[] {1}, 1, 1);
            SaveAt unit = SaveAt.end(0, 1);
            FixedSteps steps = new FixedSteps(0.1);
            for (Method method : List.of(Methods.CNAB2, Methods.SBDF2)) {
                assertThatThrownBy(
                                () -> solver(TFloat64.class, -2, method, steps).solve(tf, u0, Values.empty(), unit))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(method.name() + " has no error estimate")
                        .hasMessageContaining("half the step");
            }
            assertThatThrownBy(() -> solver(TFloat64.class, -2, Methods.IMEX_RK3, PidController.of(1e-3, 1e-3))
                            .solve(tf, u0, Values.empty(), unit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("withErrorEstimate is for FixedSteps");
            for (Gradient gradient : List.of(Gradient.DISCRETE_ADJOINT, Gradient.BACKPROPAGATION)) {
                assertThatThrownBy(() -> solver(TFloat64.class, -2, Methods.IMEX_RK3, steps)
                                .withGradient(gradient)
                                .solve(tf, u0, Values.empty(), unit))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Gradient.NONE");
            }
        }
    }
}
