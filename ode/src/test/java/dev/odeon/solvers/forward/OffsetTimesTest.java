package dev.odeon.solvers.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Oscillator;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Where a solve starts makes no difference to a field that does not look at the time: to the bit. */
class OffsetTimesTest {

    private static final List<Double> STARTS = List.of(0.0, 1e3, 1e6);

    private static final PidController CONTROL = PidController.of(1e-4, 1e-4);

    /** A pendulum with friction, the friction alone as linear part: x' = v, v' = -sin x, both less 0.3 of themselves. */
    private static <T extends TFloating> SplitField<T> pendulum(LinearOperator<T> friction) {
        return new SplitField<>(
                (tf, t, u, theta) -> tf.concat(
                        List.of(Oscillator.column(tf, u, 1), tf.math.neg(tf.math.sin(Oscillator.column(tf, u, 0)))),
                        tf.constant(1)),
                friction);
    }

    private static <T extends TFloating> OdeSolver<T> solver(
            SplitField<T> field, Method method, StepControl control, Gradient gradient) {
        return OdeSolver.of(field, method, control).withGradient(gradient);
    }

    /** What a solve gives from each start, read off one graph. */
    private static <T extends TFloating> List<double[]> fromEach(Class<T> type, List<Double> starts, Asked<T> asked) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<T> u0 = Oscillator.starts(tf, type, 0.7, 2);
            List<Operand<T>> fetched = new ArrayList<>();
            starts.forEach(start -> fetched.add(asked.added(tf, u0, start)));
            Session.Runner runner = graph.quickSession().runner();
            fetched.forEach(runner::fetch);
            try (Result result = runner.run()) {
                List<double[]> values = new ArrayList<>();
                result.forEach(entry -> values.add(Floats.read(entry.getValue())));
                return values;
            }
        }
    }

    @FunctionalInterface
    private interface Asked<T extends TFloating> {
        Operand<T> added(Ops tf, Operand<T> u0, double start);
    }

    private static void assertSame(List<double[]> values) {
        assertThat(values.get(0)).doesNotContain(Double.NaN);
        for (double[] other : values) {
            assertThat(other).containsExactly(values.get(0));
        }
    }

    static Stream<Arguments> methodsThatChoose() {
        return Methods.all().stream()
                .filter(method -> method.stepSizes() == Method.StepSizes.CHOSEN)
                .map(Method::name)
                .flatMap(name -> Stream.of(Arguments.of(name, TFloat32.class), Arguments.of(name, TFloat64.class)));
    }

    @ParameterizedTest
    @MethodSource("methodsThatChoose")
    <T extends TFloating> void chosenStepsAreTheSameWhereverTheyStart(String name, Class<T> type) {
        SplitField<T> field = pendulum(ScaledIdentity.of(-0.3));

        assertSame(fromEach(
                type,
                STARTS,
                (tf, u0, start) -> solver(field, Methods.named(name), CONTROL, Gradient.NONE)
                        .solve(tf, u0, Values.empty(), SaveAt.end(start, start + 1))
                        .last()));
    }

    @ParameterizedTest
    @CsvSource({"WHOLE_BATCH, 1", "WHOLE_BATCH, -1", "EACH_SAMPLE, 1", "EACH_SAMPLE, -1"})
    void whatIsKeptOfChosenStepsIsTheSame(PidController.Scope scope, int direction) {
        SplitField<TFloat32> field = pendulum(ScaledIdentity.of(-0.3));
        PidController control = CONTROL.with(scope);
        List<DoubleFunction<SaveAt>> forms = List.of(
                t -> SaveAt.times(t, t + direction * 0.25, t + direction * 0.75, t + direction * 2),
                t -> SaveAt.stops(t, t + direction * 0.25, t + direction * 0.75, t + direction * 2),
                t -> SaveAt.steps(t, t + direction * 2, 40));
        for (DoubleFunction<SaveAt> form : forms) {
            List<double[]> values = fromEach(TFloat32.class, STARTS, (tf, u0, start) -> {
                Solution<TFloat32> solution = solver(field, Methods.TSIT5, control, Gradient.NONE)
                        .solve(tf, u0, Values.empty(), form.apply(start));
                // Rows that were not reached are NaN, which equals nothing.
                Operand<TFloat32> states = solution.states();
                return tf.select(tf.math.isFinite(states), states, tf.zerosLike(states));
            });
            assertSame(values);
        }
    }

    @Test
    void factorsOnALadderMeetTheSameOffsets() {
        SplitField<TFloat32> field = pendulum(Dense.of(new double[][] {{-0.3, 0.1}, {0, -0.3}}, DenseSolve.LU));
        assertSame(fromEach(
                TFloat32.class,
                STARTS,
                (tf, u0, start) -> solver(field, Methods.IMEX_RK3, CONTROL, Gradient.NONE)
                        .solve(tf, u0, Values.empty(), SaveAt.times(start, start + 0.5, start + 3))
                        .states()));
    }

    @ParameterizedTest
    @CsvSource({"rk4", "sbdf3", "ab4", "kvaerno3", "bdf3", "etdrk4"})
    void fixedStepsAreTheSameWhereverTheyStart(String name) {
        SplitField<TFloat32> field = pendulum(ScaledIdentity.of(-0.3));
        assertSame(fromEach(
                TFloat32.class,
                STARTS,
                (tf, u0, start) -> solver(field, Methods.named(name), new FixedSteps(0.125), Gradient.NONE)
                        .solve(tf, u0, Values.empty(), SaveAt.times(start, start + 0.5, start + 1.25))
                        .states()));
    }

    static List<Arguments> gradients() {
        Gradient online = new DiscreteAdjoint(Checkpointing.onlineRevolve(3));
        PidController bounded = CONTROL.withMaxSteps(100);
        FixedSteps fixed = new FixedSteps(0.125);
        return List.of(
                Arguments.of(Methods.TSIT5, bounded, Gradient.DISCRETE_ADJOINT, false),
                Arguments.of(Methods.TSIT5, bounded, Gradient.DISCRETE_ADJOINT, true),
                Arguments.of(Methods.TSIT5, CONTROL, online, true),
                Arguments.of(Methods.KVAERNO3, bounded, Gradient.DISCRETE_ADJOINT, true),
                Arguments.of(Methods.IMEX_RK3, CONTROL, new ReversibleAdjoint(0.999), false),
                Arguments.of(Methods.TSIT5, CONTROL, BacksolveAdjoint.of(Methods.TSIT5, CONTROL), true),
                Arguments.of(Methods.IMEX_RK4, fixed, Gradient.DISCRETE_ADJOINT, true),
                Arguments.of(Methods.SBDF3, fixed, Gradient.DISCRETE_ADJOINT, true),
                Arguments.of(Methods.RK4, fixed, BacksolveAdjoint.of(Methods.TSIT5, CONTROL), true));
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void gradientsAreTheSameWhereverTheyStart(Method method, StepControl control, Gradient gradient, boolean between) {
        SplitField<TFloat64> field = pendulum(ScaledIdentity.of(-0.3));
        assertSame(fromEach(TFloat64.class, List.of(0.0, 1e6), (tf, u0, start) -> {
            Operand<TFloat64> own = tf.identity(u0);
            SaveAt saveAt = between ? SaveAt.times(start, start + 0.5, start + 1.25) : SaveAt.end(start, start + 1.25);
            Solution<TFloat64> solution =
                    solver(field, method, control, gradient).solve(tf, own, Values.empty(), saveAt);
            Operand<TFloat64> loss = tf.reduceSum(
                    tf.math.square(solution.states()), tf.range(tf.constant(0), tf.constant(3), tf.constant(1)));
            return Gradients.of(tf, loss, Values.of("start", own)).get("start", TFloat64.class);
        }));
    }

    /** With absolute times the error of y' = 1 was 6e-5, -7e-4, 4.4e-3 and, in float64, -1e-4. */
    @Test
    void aUnitRateAddsUpToTheLengthOfTheInterval() {
        VectorField<TFloat32> narrow = (tf, t, u, theta) -> tf.onesLike(u);
        VectorField<TFloat64> wide = (tf, t, u, theta) -> tf.onesLike(u);
        PidController control = PidController.of(1e-5, 1e-5);
        for (double start : new double[] {1e3, 1e4, 1e5}) {
            assertThat(end(TFloat32.class, narrow, Methods.TSIT5, control, SaveAt.end(start, start + 1), 0)[0])
                    .isCloseTo(1, within(5e-7));
        }
        assertThat(end(TFloat64.class, wide, Methods.TSIT5, control, SaveAt.end(1e12, 1e12 + 1), 0)[0])
                .isCloseTo(1, within(1e-15));
        // Sizes that the offset cannot resolve added up to an error of 0.05.
        assertThat(end(TFloat32.class, narrow, Methods.TSIT5, control.within(0, 0.1), SaveAt.end(0, 1000), 0)[0])
                .isCloseTo(1000, within(2e-3));
    }

    /** The error was 1.1e-3, of which the method has 2.3e-4. */
    @Test
    void aLongNarrowOscillationErrsAsTheWideOneDoes() {
        PidController control = PidController.of(1e-6, 1e-6);
        SaveAt saveAt = SaveAt.end(0, 1000);
        double[] narrow =
                end(TFloat32.class, Oscillator.<TFloat32>field().nonlinear(), Methods.TSIT5, control, saveAt, 0, 1);
        double[] wide =
                end(TFloat64.class, Oscillator.<TFloat64>field().nonlinear(), Methods.TSIT5, control, saveAt, 0, 1);
        assertThat(narrow[0]).isCloseTo(wide[0], within(2e-4));
        assertThat(narrow[1]).isCloseTo(wide[1], within(2e-4));
    }

    private static <T extends TFloating> double[] end(
            Class<T> type, VectorField<T> field, Method method, StepControl control, SaveAt saveAt, double... start) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Shape shape = Shape.of(1, start.length);
            Operand<T> u0 = tf.placeholderWithDefault(Floats.constant(tf, type, shape, start), shape);
            Solution<T> solution = OdeSolver.of(field, method, control)
                    .withGradient(Gradient.NONE)
                    .solve(tf, u0, Values.empty(), saveAt);
            return TestGraph.evaluate(graph.quickSession(), solution.last());
        }
    }

    @Test
    void timesThatAreTheSameInTheElementTypeAreRefused() {
        VectorField<TFloat32> field = (tf, t, u, theta) -> tf.onesLike(u);
        PidController control = PidController.of(1e-5, 1e-5);
        // The first gave a row of NaN, the second a state that had not moved, both with success.
        for (SaveAt saveAt : List.of(SaveAt.stops(1 - 1e-9, 1, 2), SaveAt.end(1.6e9, 1.6e9 + 1))) {
            assertThatThrownBy(() -> end(TFloat32.class, field, Methods.TSIT5, control, saveAt, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the same in float32");
        }
        // The way back of a backsolve adjoint has steps of its own.
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat32> u0 = graph.tf().constant(new float[][] {{1}});
            OdeSolver<TFloat32> solver = OdeSolver.of(field, Methods.TSIT5, control)
                    .withGradient(BacksolveAdjoint.of(Methods.RK4, new FixedSteps(0.01)));
            assertThatThrownBy(() -> solver.solve(graph.tf(), u0, Values.empty(), SaveAt.end(1e6, 1e6 + 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Steps of 0.01 do not change the time in float32");
        }
    }

    /** A field that reads the time, an event and a dense solution see and give the time itself. */
    @Test
    void timesAreThoseOfTheUser() {
        double start = 1e6;
        // y' = 2 (t - 1e6), y = (t - 1e6)^2
        VectorField<TFloat64> field = (tf, t, u, theta) ->
                tf.math.add(tf.zerosLike(u), tf.math.mul(tf.math.sub(t, tf.constant(start)), tf.constant(2.0)));
        StopEvent<TFloat64> event = StopEvent.of((tf, t, u, theta) -> tf.math.sub(t, tf.constant(start + 1.5)));
        for (StepControl control : List.of(PidController.of(1e-8, 1e-8), new FixedSteps(0.4))) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat64> u0 = tf.constant(new double[][] {{0}});
                OdeSolver<TFloat64> solver =
                        OdeSolver.of(field, Methods.TSIT5, control).withGradient(Gradient.NONE);
                Solution<TFloat64> times =
                        solver.solve(tf, u0, Values.empty(), SaveAt.times(start, start + 0.7, start + 2));
                Solution<TFloat64> dense = solver.solve(tf, u0, Values.empty(), SaveAt.dense(start, start + 2, 100));
                Solution<TFloat64> steps = solver.solve(tf, u0, Values.empty(), SaveAt.steps(start, start + 2, 100));
                Solution<TFloat64> stopped = solver.withEvent(event)
                        .solve(tf, u0, Values.empty(), SaveAt.times(start, start + 1, start + 1.75, start + 2));
                try (Result result = graph.quickSession()
                        .runner()
                        .fetch(times.times())
                        .fetch(times.states())
                        .fetch(dense.dense().orElseThrow().evaluate(tf, start, start + 1, start + 2))
                        .fetch(dense.dense().orElseThrow().evaluate(tf, tf.constant(new double[] {start, start + 2})))
                        .fetch(dense.dense().orElseThrow().ends())
                        .fetch(steps.times())
                        .fetch(stopped.event().orElseThrow().times())
                        .fetch(stopped.states())
                        .run()) {
                    assertThat(Floats.read(result.get(0))).containsExactly(start, start + 0.7, start + 2);
                    assertThat(Floats.read(result.get(1))).containsExactly(new double[] {0, 0.49, 4}, within(1e-8));
                    assertThat(Floats.read(result.get(2))).containsExactly(new double[] {0, 1, 4}, within(1e-8));
                    assertThat(Floats.read(result.get(3))).containsExactly(new double[] {0, 4}, within(1e-8));
                    assertThat(Floats.read(result.get(4))).containsExactly(start + 2);
                    assertThat(Floats.read(result.get(5))[0]).isEqualTo(start);
                    assertThat(Floats.read(result.get(5))).contains(start + 2);
                    assertThat(Floats.read(result.get(6))[0]).isCloseTo(start + 1.5, within(1e-9));
                    double[] kept = Floats.read(result.get(7));
                    assertThat(kept[1]).isCloseTo(1, within(1e-8));
                    assertThat(kept[2]).isNaN();
                }
            }
        }
    }
}
