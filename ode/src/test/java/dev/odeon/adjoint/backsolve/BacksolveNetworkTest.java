package dev.odeon.adjoint.backsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.GradientNumbers;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.linear.Tridiagonal;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** The continuous adjoint of a small network: what it costs, where it is used, and what it refuses. */
class BacksolveNetworkTest {

    private static final int BATCH = 8;
    private static final int WIDTH = 4;
    private static final int HIDDEN = 32;
    private static final SaveAt END = SaveAt.end(0, 5);

    private static final VectorField<TFloat64> NETWORK = (tf, t, u, theta) -> tf.linalg.matMul(
            tf.math.tanh(
                    tf.math.add(tf.linalg.matMul(u, theta.get("a", TFloat64.class)), theta.get("b", TFloat64.class))),
            theta.get("c", TFloat64.class));

    private static Values arguments(Ops tf, Shape start) {
        Random random = new Random(5);
        return Values.of("u0", fed(tf, random, 1, start, BATCH, WIDTH))
                .with("a", fed(tf, random, 1, null, WIDTH, HIDDEN))
                .with("b", fed(tf, random, 0.5, null, HIDDEN))
                .with("c", fed(tf, random, 0.2, null, HIDDEN, WIDTH));
    }

    private static Operand<TFloat64> fed(
            Ops tf, Random random, double scale, @org.jspecify.annotations.Nullable Shape told, long... dimensions) {
        Shape shape = Shape.of(dimensions);
        double[] values = new double[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * random.nextGaussian();
        }
        Operand<TFloat64> constant = Floats.constant(tf, TFloat64.class, shape, values);
        return tf.placeholderWithDefault(constant, told == null ? shape : told);
    }

    private static GradientNumbers run(
            UnaryOperator<OdeSolver<TFloat64>> with, OdeSolver<TFloat64> solver, SaveAt saveAt) {
        return run(with, solver, saveAt, Shape.of(BATCH, WIDTH), Compilation.EXECUTOR);
    }

    private static GradientNumbers run(
            UnaryOperator<OdeSolver<TFloat64>> with,
            OdeSolver<TFloat64> solver,
            SaveAt saveAt,
            Shape start,
            Compilation compilation) {
        try (TestGraph graph = new TestGraph()) {
            Values given = arguments(graph.tf(), start);
            Values results = compilation.run(graph.tf(), "gradient", given, (tf, values) -> {
                Values theta = Values.empty();
                for (String name : List.of("a", "b", "c")) {
                    theta = theta.with(name, values.get(name));
                }
                Solution<TFloat64> solution =
                        with.apply(solver).solve(tf, values.get("u0", TFloat64.class), theta, saveAt);
                // Large beside the tolerance, as the losses of large batches are.
                Operand<TFloat64> loss = tf.math.mul(
                        tf.constant(1e3),
                        tf.reduceSum(tf.math.square(solution.states()), tf.constant(new int[] {0, 1, 2})));
                return GradientNumbers.added(tf, loss, values, solution);
            });
            return GradientNumbers.fetched(graph, results);
        }
    }

    private static OdeSolver<TFloat64> solver(Method method, StepControl control) {
        return OdeSolver.of(NETWORK, method, control);
    }

    private static UnaryOperator<OdeSolver<TFloat64>> with(Gradient gradient) {
        return solver -> solver.withGradient(gradient);
    }

    @Test
    void theSeminormTakesFewerEvaluationsAndStaysWithinTheTolerance() {
        OdeSolver<TFloat64> exactly = solver(Methods.DOPRI8, new FixedSteps(0.02));
        GradientNumbers exact = run(with(Gradient.DISCRETE_ADJOINT), exactly, END);
        for (PidController.Norm norm : PidController.Norm.values()) {
            PidController control = PidController.of(1e-6, 1e-6).with(norm);
            BacksolveAdjoint full = BacksolveAdjoint.of(Methods.DOPRI5, control);
            GradientNumbers fullNorm = run(with(full), exactly, END);
            GradientNumbers seminorm = run(with(full.seminorm()), exactly, END);
            assertThat(seminorm.nfe()).isLessThan((int) (0.9 * fullNorm.nfe()));
            // The tolerance is that of a step.
            assertThat(fullNorm.distance(exact)).isLessThan(1e-5);
            assertThat(seminorm.distance(exact)).isLessThan(1e-5);
        }
    }

    static Stream<LinearOperator<TFloat64>> operators() {
        double[] off = {0.5, 0.5, 0.5};
        return Stream.of(
                ScaledIdentity.of(-1),
                Circulant.stencil(WIDTH, 0.7, -1, 0.2),
                Tridiagonal.of(off, new double[] {-1, -1, -1, -1}, off));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorLeadsBackTransposed(LinearOperator<TFloat64> linear) {
        OdeSolver<TFloat64> solver =
                OdeSolver.of(new SplitField<>(NETWORK, linear), Methods.IMEX_RK4, new FixedSteps(0.01));
        SaveAt saveAt = SaveAt.times(0, 0.3, 1);
        GradientNumbers exact = run(with(Gradient.DISCRETE_ADJOINT), solver, saveAt);
        assertThat(run(with(new BacksolveAdjoint()), solver, saveAt).distance(exact))
                .isLessThan(1e-6);
        PidController control = PidController.of(1e-7, 1e-7);
        assertThat(run(with(BacksolveAdjoint.of(Methods.IMEX_RK4, control)), solver, saveAt)
                        .distance(exact))
                .isLessThan(1e-5);
    }

    @Test
    void aNonlinearSplitStaysSplitOnTheWayBack() {
        NonlinearSplit<TFloat64> field = NonlinearSplit.of(NETWORK, (tf, t, u, theta) -> tf.math.neg(tf.math.tanh(u)));
        OdeSolver<TFloat64> solver = OdeSolver.of(field, Methods.IMEX_RK3, new FixedSteps(0.02));
        SaveAt saveAt = SaveAt.end(0, 0.2);
        GradientNumbers exact = run(with(Gradient.DISCRETE_ADJOINT), solver, saveAt);
        assertThat(run(with(BacksolveAdjoint.of(Methods.IMEX_RK3, new FixedSteps(0.1))), solver, saveAt)
                        .distance(exact))
                .isLessThan(1e-3);
        assertThat(run(with(BacksolveAdjoint.of(Methods.DOPRI5, new FixedSteps(0.1))), solver, saveAt)
                        .distance(exact))
                .isLessThan(1e-5);
    }

    @Test
    void theBatchMayBeUnknownAndTheSolveCompiled() {
        OdeSolver<TFloat64> solver = solver(Methods.DOPRI5, new FixedSteps(0.1));
        SaveAt saveAt = SaveAt.times(0, 0.5, 0.7, 1.2);
        GradientNumbers usual = run(with(new BacksolveAdjoint()), solver, saveAt);
        Shape unknown = Shape.of(-1, WIDTH);
        GradientNumbers fed = run(with(new BacksolveAdjoint()), solver, saveAt, unknown, Compilation.EXECUTOR);
        assertThat(fed.distance(usual)).isLessThan(1e-13);
        Shape known = Shape.of(BATCH, WIDTH);
        GradientNumbers compiled = run(with(new BacksolveAdjoint()), solver, saveAt, known, Compilation.XLA);
        assertThat(compiled.distance(usual)).isLessThan(1e-12);
    }

    @Test
    void theGraphDoesNotGrowWithTheKeptTimes() {
        assertThat(functions(50)).isEqualTo(functions(5)).isPositive();
    }

    private static int functions(int intervals) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            double[] times = new double[intervals + 1];
            for (int k = 0; k <= intervals; k++) {
                times[k] = 3 + 0.1 * k;
            }
            Values values = arguments(tf, Shape.of(BATCH, WIDTH));
            solver(Methods.TSIT5, PidController.of(1e-3, 1e-3))
                    .withGradient(new BacksolveAdjoint())
                    .solve(tf, values.get("u0", TFloat64.class), values, SaveAt.times(times));
            return graph.graph().toGraphDef().getLibrary().getFunctionCount();
        }
    }

    @Test
    void waysBackThatCannotBeGoneAreRefused() {
        FixedSteps steps = new FixedSteps(0.1);
        PidController chosen = PidController.of(1e-3, 1e-3);
        PidController own = chosen.with(PidController.Scope.EACH_SAMPLE);
        refused(solver(Methods.TSIT5, own), new BacksolveAdjoint(), "WHOLE_BATCH");
        refused(solver(Methods.TSIT5, chosen), BacksolveAdjoint.of(Methods.RK4, chosen), "has no error estimate");
        refused(solver(Methods.RK4, steps), BacksolveAdjoint.of(Methods.IMEX_RK3, steps), "needs the linear part");
        OdeSolver<TFloat64> exponential =
                OdeSolver.of(new SplitField<>(NETWORK, ScaledIdentity.of(-1)), Methods.ETDRK4, steps);
        refused(exponential, new BacksolveAdjoint(), "BacksolveAdjoint.of");
        try (TestGraph graph = new TestGraph()) {
            Values values = arguments(graph.tf(), Shape.of(BATCH, WIDTH));
            Operand<TFloat64> times = graph.tf().constant(new double[BATCH][2]);
            assertThatThrownBy(() -> solver(Methods.TSIT5, chosen)
                            .withGradient(new BacksolveAdjoint())
                            .solve(graph.tf(), values.get("u0", TFloat64.class), values, SampleTimes.end(times)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SampleTimes and Jumps.trained");
        }
    }

    private static void refused(OdeSolver<TFloat64> solver, Gradient gradient, String because) {
        assertThatThrownBy(() -> run(with(gradient), solver, END))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because);
    }
}
