package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Implicit-explicit methods on fields whose implicit part is nonlinear. */
class NonlinearSplitTest {

    private static final double[] PHASES = {0, 1, 2};

    private record End(double[] states, Outcome outcome, int nfe, int solves, int factors, int rounds, int rejected) {}

    private static End solve(
            NonlinearSplit<TFloat64> field, Method method, StepControl control, SaveAt saveAt, double... u0) {
        return solve(TFloat64.class, field, method, control, saveAt, u0);
    }

    private static <T extends TFloating> End solve(
            Class<T> type, NonlinearSplit<T> field, Method method, StepControl control, SaveAt saveAt, double... u0) {
        try (TestGraph graph = new TestGraph()) {
            // Phases are samples of one component each, which keeps Jacobians and graphs small; oscillators are one
            // sample.
            Shape shape = u0.length == PHASES.length ? Shape.of(u0.length, 1) : Shape.of(1, u0.length);
            Operand<T> start = graph.tf().placeholderWithDefault(Floats.constant(graph.tf(), type, shape, u0), shape);
            Solution<T> solution = OdeSolver.of(field, method, control)
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), start, Values.empty(), saveAt);
            try (Session session = graph.quickSession();
                    Result result = session.runner()
                            .fetch(solution.states())
                            .fetch(solution.outcome())
                            .fetch(solution.statistics().nfe())
                            .fetch(solution.statistics().linearSolves())
                            .fetch(solution.statistics().factorizations())
                            .fetch(solution.statistics().newtonIterations())
                            .fetch(solution.statistics().rejected())
                            .run()) {
                int[] counts = new int[6];
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = ((TInt32) result.get(i + 1)).getInt();
                }
                return new End(
                        Floats.read(result.get(0)),
                        Outcome.ofCode(counts[0]),
                        counts[1],
                        counts[2],
                        counts[3],
                        counts[4],
                        counts[5]);
            }
        }
    }

    /** u = cos(t + k): G = -sin(t + k) + cos^2 - u^2, and F = cos^3 - u^3 + sin(t) (u - cos). */
    private static <T extends TFloating> NonlinearSplit<T> forced() {
        return NonlinearSplit.of(
                (tf, t, u, theta) -> {
                    Operand<T> phase = phase(tf, t);
                    Operand<T> squares = tf.math.sub(tf.math.square(tf.math.cos(phase)), tf.math.square(u));
                    return tf.math.sub(squares, tf.math.sin(phase));
                },
                (tf, t, u, theta) -> {
                    Operand<T> exact = tf.math.cos(phase(tf, t));
                    Operand<T> cubes = tf.math.sub(cube(tf, exact), cube(tf, u));
                    return tf.math.add(cubes, tf.math.mul(tf.math.sin(t), tf.math.sub(u, exact)));
                });
    }

    private static <T extends TFloating> Operand<T> phase(Ops tf, Operand<T> t) {
        return tf.math.add(t, Floats.constant(tf, t.type(), Shape.of(PHASES.length, 1), PHASES));
    }

    private static <T extends TFloating> Operand<T> cube(Ops tf, Operand<T> x) {
        return tf.math.mul(x, tf.math.square(x));
    }

    private static double[] cosines(double t) {
        double[] values = PHASES.clone();
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.cos(t + PHASES[k]);
        }
        return values;
    }

    private static double error(End end, double... times) {
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
        double sum = 0;
        for (int n = 0; n < times.length; n++) {
            double[] exact = cosines(times[n]);
            for (int k = 0; k < exact.length; k++) {
                sum += Math.abs(end.states()[n * exact.length + k] - exact[k]);
            }
        }
        return sum;
    }

    static List<Method> imex() {
        return Methods.all().stream().filter(ImexRungeKutta.class::isInstance).toList();
    }

    @ParameterizedTest
    @MethodSource("imex")
    void theErrorFallsWithTheOrderOfTheMethod(Method method) {
        NonlinearSplit<TFloat64> field =
                NonlinearSplitTest.<TFloat64>forced().with(Newton.full().withTolerance(1e-13));
        int coarse = method.order() < 4 ? 32 : 16;
        double[] times = {0, 0.5, 1, 1.5};
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            FixedSteps steps = new FixedSteps(1.0 / (coarse << i));
            errors[i] = error(solve(field, method, steps, SaveAt.times(times), cosines(0)), times);
        }
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isCloseTo(method.order(), within(0.25));
    }

    /** Explicit and implicit first stages, one and several diagonal coefficients, weights that differ. */
    static List<Method> differentTableaux() {
        return List.of(Methods.IMEX_RK2, Methods.IMEX_RK4, Methods.ARS232, Methods.BHR553, Methods.SSP433);
    }

    @ParameterizedTest
    @MethodSource("differentTableaux")
    void aLinearImplicitPartGivesTheStepsOfTheLinearSplit(Method method) {
        SplitField<TFloat64> linear =
                new SplitField<>(NonlinearSplitTest.<TFloat64>forced().explicit(), ScaledIdentity.of(-30));
        NonlinearSplit<TFloat64> split =
                NonlinearSplit.of(linear.nonlinear(), (tf, t, u, theta) -> tf.math.mul(u, tf.constant(-30.0)));
        double[] u0 = cosines(0);
        Solves.End expected = Solves.of(
                linear, method, new FixedSteps(0.1), new double[][] {{u0[0]}, {u0[1]}, {u0[2]}}, SaveAt.end(0, 0.5));
        End actual = solve(split, method, new FixedSteps(0.1), SaveAt.end(0, 0.5), u0);
        assertThat(actual.states()).containsExactly(expected.state(), within(1e-10));
    }

    static List<NonlinearSolver> solvers() {
        return List.of(
                Newton.chord(),
                Newton.full().with(Newton.Algebra.DENSE_WHOLE_BATCH),
                Newton.full().with(Newton.Algebra.GMRES),
                Anderson.standard());
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void allSolversFindTheSameStages(NonlinearSolver solver) {
        NonlinearSplit<TFloat64> field = forced();
        FixedSteps steps = new FixedSteps(0.1);
        End expected = solve(field, Methods.IMEX_RK4, steps, SaveAt.end(0, 0.5), cosines(0));
        End actual = solve(field.with(solver), Methods.IMEX_RK4, steps, SaveAt.end(0, 0.5), cosines(0));
        assertThat(actual.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(actual.states()).containsExactly(expected.states(), within(1e-9));
    }

    @Test
    void evaluationsIterationsAndFactorsAreCounted() {
        // ARS(2,3,2): three evaluations of G a step, two equations with one diagonal coefficient, no F at the first
        // stage.
        End full = solve(forced(), Methods.ARS232, new FixedSteps(0.1), SaveAt.end(0, 1), cosines(0));
        assertThat(full.rounds()).isGreaterThan(20);
        assertThat(full.solves()).isEqualTo(full.rounds());
        assertThat(full.factors()).isEqualTo(full.rounds());
        assertThat(full.nfe()).isEqualTo(30 + 2 * full.rounds());
        NonlinearSplit<TFloat64> chord = NonlinearSplitTest.<TFloat64>forced().with(Newton.chord());
        End cheap = solve(chord, Methods.ARS232, new FixedSteps(0.1), SaveAt.end(0, 1), cosines(0));
        assertThat(cheap.factors()).isEqualTo(10);
        assertThat(cheap.nfe()).isEqualTo(30 + 10 + cheap.rounds());
        // F at the explicit first stage is one more.
        End more = solve(chord, Methods.IMEX_RK3, new FixedSteps(0.1), SaveAt.end(0, 1), cosines(0));
        assertThat(more.nfe()).isEqualTo(10 * (4 + 1 + 1) + more.rounds());
    }

    /** x' = y explicit, y' = mu (1 - x^2) y - x, the stiff term implicit. */
    private static NonlinearSplit<TFloat64> vanDerPol(double mu) {
        return NonlinearSplit.of(
                (tf, t, u, theta) -> {
                    List<? extends Operand<TFloat64>> parts =
                            tf.unstack(u, 2L, Unstack.axis(1L)).output();
                    return tf.stack(List.of(parts.get(1), tf.math.neg(parts.get(0))), Stack.axis(1L));
                },
                (tf, t, u, theta) -> {
                    List<? extends Operand<TFloat64>> parts =
                            tf.unstack(u, 2L, Unstack.axis(1L)).output();
                    Operand<TFloat64> damping =
                            tf.math.sub(tf.constant(mu), tf.math.mul(tf.constant(mu), tf.math.square(parts.get(0))));
                    return tf.stack(
                            List.of(tf.zerosLike(parts.get(0)), tf.math.mul(damping, parts.get(1))), Stack.axis(1L));
                });
    }

    private static double[] vanDerPolReference(double mu, double end) {
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return 2;
            }

            @Override
            public double[] computeDerivatives(double t, double[] u) {
                return new double[] {u[1], mu * (1 - u[0] * u[0]) * u[1] - u[0]};
            }
        };
        return new DormandPrince853Integrator(1e-14, 10, 1e-12, 1e-12)
                .integrate(equation, new ODEState(0, new double[] {2, 0}), end)
                .getPrimaryState();
    }

    static List<Method> forStiffness() {
        return List.of(Methods.IMEX_RK3, Methods.IMEX_RK4, Methods.IMEX_RK5);
    }

    @ParameterizedTest
    @MethodSource("forStiffness")
    void aStiffOscillatorIsSolvedWithChosenSteps(Method method) {
        double mu = 1000;
        double[] expected = vanDerPolReference(mu, 2);
        End end = solve(vanDerPol(mu), method, PidController.of(1e-6, 1e-6), SaveAt.end(0, 2), 2, 0);
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.states()).containsExactly(expected, within(1e-4));
        // An explicit method needs some 1000 steps here.
        assertThat(end.nfe()).isLessThan(4000);
    }

    @Test
    void statesBetweenChosenStepsAreInterpolated() {
        double[] times = {0, 0.3, 0.7, 1};
        End end = solve(forced(), Methods.IMEX_RK4, PidController.of(1e-8, 1e-8), SaveAt.times(times), cosines(0));
        assertThat(error(end, times)).isLessThan(1e-5);
    }

    @Test
    void itWorksInSinglePrecision() {
        for (StepControl control : List.of(new FixedSteps(0.05), PidController.of(1e-4, 1e-4))) {
            End end = solve(
                    TFloat32.class,
                    NonlinearSplitTest.<TFloat32>forced(),
                    Methods.IMEX_RK3,
                    control,
                    SaveAt.end(0, 1),
                    cosines(0));
            assertThat(error(end, 1)).isLessThan(1e-3);
        }
    }

    @Test
    void equationsWithoutASolutionEndWithTheirOutcome() {
        NonlinearSplit<TFloat64> unsolvable = NonlinearSplit.of(
                (tf, t, u, theta) -> tf.zerosLike(u),
                (tf, t, u, theta) -> tf.math.add(tf.math.mul(tf.math.square(u), tf.constant(0.9)), tf.constant(100.0)));
        assertThat(solve(unsolvable, Methods.IMEX_RK3, new FixedSteps(0.5), SaveAt.end(0, 10), 1)
                        .outcome())
                .isEqualTo(Outcome.NONLINEAR_DIVERGENCE);
        double rate = 1 / (0.5 * Methods.ARS343.diagonals()[0]);
        NonlinearSplit<TFloat64> singular = NonlinearSplit.of(
                (tf, t, u, theta) -> tf.zerosLike(u), (tf, t, u, theta) -> tf.math.mul(u, tf.constant(rate)));
        assertThat(solve(singular, Methods.ARS343, new FixedSteps(0.5), SaveAt.end(0, 10), 1)
                        .outcome())
                .isEqualTo(Outcome.LINEAR_BREAKDOWN);
        NonlinearSplit<TFloat64> nothing = NonlinearSplit.of(
                (tf, t, u, theta) -> tf.zerosLike(u), (tf, t, u, theta) -> tf.math.mul(u, tf.constant(Double.NaN)));
        for (StepControl control : List.of(new FixedSteps(0.5), PidController.of(1e-6, 1e-6))) {
            assertThat(solve(nothing, Methods.IMEX_RK3, control, SaveAt.end(0, 10), 1)
                            .outcome())
                    .isEqualTo(Outcome.NON_FINITE);
        }
    }

    @Test
    void otherMethodsTakeTheSumOrSayThatTheyCannot() {
        SaveAt saveAt = SaveAt.end(0, 1);
        End explicit = solve(forced(), Methods.DOPRI5, new FixedSteps(0.02), saveAt, cosines(0));
        End implicit = solve(forced(), Methods.KVAERNO5, new FixedSteps(0.02), saveAt, cosines(0));
        assertThat(error(explicit, 1)).isLessThan(1e-8);
        assertThat(error(implicit, 1)).isLessThan(1e-8);
        assertThatThrownBy(() -> solve(forced(), Methods.SBDF2, new FixedSteps(0.02), saveAt, cosines(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SplitField");
    }
}
