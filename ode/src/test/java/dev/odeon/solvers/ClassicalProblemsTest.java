package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Arithmetic;
import dev.odeon.ode.testing.ClassicalEquations;
import dev.odeon.ode.testing.Hipparchus;
import dev.odeon.ode.testing.Oscillator;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.linear.Tridiagonal;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * Adaptive solvers on the problems of the textbooks: the error at the end is within ten tolerances.
 *
 * <p>The error is the root of the mean square of |u - reference| / (atol + rtol |reference|), the norm in which a step
 * control bounds the error of each step. What a problem makes of an error on the way to the end is its own doing: ten
 * tolerances are multiplied by that amplification, the largest norm of the derivative of the end by an earlier state, both
 * scaled alike. Where it is a number below, it was found by differences of tight solves of another library.
 */
class ClassicalProblemsTest {

    private static final double TOLERANCES = 10;

    private static void check(Solves.End end, double[] reference, double rtol, double atol, double amplification) {
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            double scaled = (end.state()[i] - reference[i]) / (atol + rtol * Math.abs(reference[i]));
            sum += scaled * scaled / reference.length;
        }
        assertThat(Math.sqrt(sum)).as("error in tolerances").isLessThan(TOLERANCES * amplification);
    }

    private static Solves.End solve(
            ClassicalEquations equations, Method method, double rtol, double atol, double[] start, double interval) {
        return Solves.of(
                Arithmetic.field(equations, start.length),
                method,
                PidController.of(rtol, atol),
                new double[][] {start},
                SaveAt.end(0, interval));
    }

    /** A problem that an explicit solver gives a reference and an amplification for. */
    private record NotStiff(
            ClassicalEquations equations, double interval, double tolerance, double[] start, List<Method> methods) {
        @Override
        public String toString() {
            return equations.name();
        }
    }

    static List<NotStiff> problemsThatAreNotStiff() {
        List<Method> all =
                List.of(Methods.TSIT5, Methods.DOPRI5, Methods.DOPRI8, Methods.BOGACKI_SHAMPINE3, Methods.RK38);
        List<Method> three = List.of(Methods.TSIT5, Methods.DOPRI5, Methods.DOPRI8);
        double[] stars = {
            3, 3, -1, -3, 2, -2, 2, 3, -3, 2, 0, 0, -4, 4, 0, 0, 0, 0, 0, 1.75, -1.5, 0, 0, 0, -1.25, 1, 0, 0
        };
        return List.of(
                // Chaotic; amplified threefold on so short an interval.
                new NotStiff(ClassicalEquations.LORENZ, 2, 1e-7, new double[] {1, 1, 1}, all),
                new NotStiff(ClassicalEquations.BRUSSELATOR, 20, 1e-7, new double[] {1.5, 3}, three),
                // Amplified eightfold before its jumps.
                new NotStiff(ClassicalEquations.VAN_DER_POL_5, 10, 1e-7, new double[] {2, 0}, all),
                // One closed orbit, which passes the moon: amplified millions of times.
                new NotStiff(
                        ClassicalEquations.ARENSTORF,
                        17.065216560157964,
                        1e-9,
                        new double[] {0.994, 0, 0, -2.0015851063790824},
                        three),
                // Near collisions: amplified thousands of times.
                new NotStiff(ClassicalEquations.PLEIADES, 3, 1e-7, stars, List.of(Methods.TSIT5)));
    }

    @ParameterizedTest
    @MethodSource("problemsThatAreNotStiff")
    void explicitMethodsMeetTheToleranceWhereNothingIsStiff(NotStiff problem) {
        double tolerance = problem.tolerance;
        double[] reference = Hipparchus.end(problem.equations, problem.start, problem.interval);
        double amplification = Hipparchus.amplification(problem.equations, problem.start, problem.interval, 1);
        for (Method method : problem.methods()) {
            Solves.End end = solve(problem.equations, method, tolerance, tolerance, problem.start, problem.interval);
            check(end, reference, tolerance, tolerance, amplification);
        }
    }

    @ParameterizedTest
    @MethodSource("problemsThatAreNotStiff")
    void laterStartsMakeNoDifference(NotStiff problem) {
        double start = 1e4;
        // As long as the rounded times far from zero say.
        double interval = start + problem.interval - start;
        double[] ends = solve(
                        problem.equations, Methods.TSIT5, problem.tolerance, problem.tolerance, problem.start, interval)
                .state();
        Solves.End later = Solves.of(
                Arithmetic.field(problem.equations, problem.start.length),
                Methods.TSIT5,
                PidController.of(problem.tolerance, problem.tolerance),
                new double[][] {problem.start},
                SaveAt.end(start, start + interval));
        assertThat(later.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(later.state()).containsExactly(ends);
    }

    /** One of each stepper for fields of any kind. */
    static List<Method> methodsOfEveryKind() {
        return List.of(
                Methods.TSIT5,
                Methods.IMEX_RK3,
                Methods.KVAERNO3,
                Methods.RADAU3,
                Methods.ETDRK2,
                Methods.SBDF3,
                Methods.AB3,
                Methods.ABM3,
                Methods.BDF3);
    }

    /** Van der Pol's oscillator, driven: x' = y, y' = (1 - x^2) y - x + cos(2 pi t) / 4, where 1e4 is a whole number of periods. */
    private static <T extends TFloating> SplitField<T> driven() {
        double friction = -0.5;
        return new SplitField<>(
                (tf, t, u, theta) -> {
                    Class<T> type = u.type();
                    Operand<T> x = Oscillator.column(tf, u, 0);
                    Operand<T> y = Oscillator.column(tf, u, 1);
                    Operand<T> drive = tf.math.mul(
                            tf.math.cos(tf.math.mul(t, Floats.scalar(tf, type, 2 * Math.PI))),
                            Floats.scalar(tf, type, 0.25));
                    Operand<T> damped = tf.math.mul(tf.math.sub(Floats.scalar(tf, type, 1), tf.math.square(x)), y);
                    Operand<T> rate = tf.concat(List.of(y, tf.math.add(tf.math.sub(damped, x), drive)), tf.constant(1));
                    return tf.math.sub(rate, tf.math.mul(u, Floats.scalar(tf, type, friction)));
                },
                ScaledIdentity.of(friction));
    }

    private static <T extends TFloating> List<Operand<?>> drivenFrom(Ops tf, Class<T> type, Method method, double t0) {
        double tolerance = type.equals(TFloat64.class) ? 1e-6 : 1e-4;
        StepControl control = method.stepSizes() == Method.StepSizes.CHOSEN
                ? PidController.of(tolerance, tolerance).withMaxSteps(1000)
                : new FixedSteps(0.05);
        Solution<T> solution = OdeSolver.of(ClassicalProblemsTest.<T>driven(), method, control)
                .withGradient(Gradient.NONE)
                .solve(tf, Oscillator.starts(tf, type, 0.7, 2), Values.empty(), SaveAt.end(t0, t0 + 2));
        return List.of(solution.last(), tf.dtypes.cast(solution.outcome(), type));
    }

    /** In single precision 1e4 is known to 1e-3, and the drive to 6e-3 of itself. */
    @ParameterizedTest
    @MethodSource("methodsOfEveryKind")
    void everyKindOfMethodSolvesTheSameLater(Method method) {
        try (TestGraph graph = new TestGraph()) {
            List<Operand<?>> fetched = new ArrayList<>();
            for (Class<? extends TFloating> type : List.of(TFloat64.class, TFloat32.class)) {
                fetched.addAll(drivenFrom(graph.tf(), type, method, 0));
                fetched.addAll(drivenFrom(graph.tf(), type, method, 1e4));
            }
            Session.Runner runner = graph.quickSession().runner();
            fetched.forEach(runner::fetch);
            try (Result result = runner.run()) {
                List<double[]> found = new ArrayList<>();
                result.forEach(entry -> found.add(Floats.read(entry.getValue())));
                for (int outcome = 1; outcome < found.size(); outcome += 2) {
                    assertThat(found.get(outcome)).containsOnly(Outcome.SUCCESS.code());
                }
                assertThat(found.get(2)).containsExactly(found.get(0), within(1e-9));
                assertThat(found.get(6)).containsExactly(found.get(4), within(5e-3));
                assertThat(found.get(4)).containsExactly(found.get(0), within(5e-3));
            }
        }
    }

    static List<Method> implicitMethods() {
        return List.of(Methods.KVAERNO3, Methods.KVAERNO4, Methods.KVAERNO5, Methods.RADAU3, Methods.RADAU5);
    }

    /** Source of the values: Hairer, Wanner, Solving Ordinary Differential Equations II, 1996, IV.10. */
    @ParameterizedTest
    @MethodSource("implicitMethods")
    void robertsonsReactionsMeetTheirToleranceAtVeryDifferentSizes(Method method) {
        double[] reference = {0.7158270687194, 9.185534764558e-6, 0.2841637457458};
        double[] start = {1, 0, 0};
        check(solve(ClassicalEquations.ROBERTSON, method, 1e-7, 1e-11, start, 40), reference, 1e-7, 1e-11, 1.3);
    }

    /** Over twelve decades of time, from a first step of 1e-7. Source of the values: the test set named below. */
    @Test
    void robertsonsReactionsRunToTheirEquilibrium() {
        double[] reference = {2.083340149701255e-8, 8.333360770334713e-14, 0.9999999791665050};
        double[] start = {1, 0, 0};
        for (double tolerance : new double[] {1e-6, 1e-8}) {
            Solves.End end =
                    solve(ClassicalEquations.ROBERTSON, Methods.KVAERNO5, tolerance, 1e-6 * tolerance, start, 1e11);
            check(end, reference, tolerance, 1e-6 * tolerance, 1);
        }
    }

    /** Source of the values: Mazzia, Magherini, Test set for initial value problem solvers, 2008. */
    @Test
    void vanDerPolsJumpsMeetTheTolerance() {
        double[] reference = {1.706167732170483, -8.928097010247975e-4};
        double[] start = {2, 0};
        ClassicalEquations equations = ClassicalEquations.VAN_DER_POL_1000;
        check(solve(equations, Methods.KVAERNO5, 1e-7, 1e-7, start, 2000), reference, 1e-7, 1e-7, 1.5);
        check(solve(equations, Methods.RADAU5, 1e-5, 1e-5, start, 2000), reference, 1e-5, 1e-5, 1.5);
        // Without local extrapolation the errors of all steps add up: for loose tolerances.
        check(solve(equations, Methods.TRBDF2, 1e-3, 1e-3, start, 2000), reference, 1e-3, 1e-3, 1.5);
    }

    /** Source of the values: Hairer, Wanner, Solving Ordinary Differential Equations II, 1996, IV.10. */
    @Test
    void theOregonatorMeetsTheToleranceByTheChordMethod() {
        double[] reference = {1.000814870318523, 1228.178521549917, 132.0554942846706};
        double[] start = {1, 2, 3};
        for (Method method : List.of(Methods.KVAERNO5.with(Newton.chord()), Methods.RADAU5.with(Newton.chord()))) {
            check(solve(ClassicalEquations.OREGONATOR, method, 1e-5, 1e-5, start, 360), reference, 1e-5, 1e-5, 10);
        }
    }

    /** u' = -1e4 (u - cos t) - sin t, u = cos t, the problem of Prothero and Robinson, on which methods lose order. */
    @Test
    void aStiffLinearProblemMeetsTheTolerance() {
        double rate = -1e4;
        SplitField<TFloat64> field = new SplitField<>(
                (tf, t, u, theta) -> tf.math.sub(tf.math.mul(tf.math.cos(t), tf.constant(-rate)), tf.math.sin(t)),
                ScaledIdentity.of(rate));
        for (Method method : List.of(Methods.KVAERNO5, Methods.RADAU3, Methods.RADAU5, Methods.BHR553)) {
            double tolerance = method == Methods.BHR553 ? 1e-5 : 1e-7;
            Solves.End end = Solves.of(
                    field, method, PidController.of(tolerance, tolerance), new double[][] {{1}}, SaveAt.end(0, 5));
            check(end, new double[] {Math.cos(5)}, tolerance, tolerance, 1);
        }
    }

    /** u_t = u_xx + 5 u on 32 points between walls at zero: two modes, exact also after the division in space. */
    @Test
    void heatMeetsTheTolerance() {
        int points = 32;
        double spacing = 1.0 / (points + 1);
        double end = 0.2;
        double[] start = new double[points];
        double[] reference = new double[points];
        for (int mode : new int[] {1, 3}) {
            double root = 2 / spacing * Math.sin(mode * Math.PI * spacing / 2);
            for (int i = 0; i < points; i++) {
                double wave = Math.sin(mode * Math.PI * (i + 1) * spacing);
                start[i] += wave;
                reference[i] += Math.exp(end * (5 - root * root)) * wave;
            }
        }
        double[] beside = new double[points - 1];
        double[] main = new double[points];
        Arrays.fill(beside, 1 / (spacing * spacing));
        Arrays.fill(main, -2 / (spacing * spacing));
        SplitField<TFloat64> field = new SplitField<>(
                (tf, t, u, theta) -> tf.math.mul(u, tf.constant(5.0)), Tridiagonal.of(beside, main, beside));
        for (Method method : List.of(
                Methods.IMEX_RK4,
                Methods.KENCARP47,
                Methods.KENCARP58,
                Methods.ARS443,
                Methods.BHR553,
                Methods.SSP433)) {
            Solves.End solved =
                    Solves.of(field, method, PidController.of(1e-6, 1e-6), new double[][] {start}, SaveAt.end(0, end));
            check(solved, reference, 1e-6, 1e-6, 1);
        }
    }

    /** 64 points, the linear part implicit: chaotic, amplified sevenfold in five time units. */
    @Test
    void kuramotoSivashinskyMeetsTheToleranceWithFewFactors() {
        int points = 64;
        double spacing = 22.0 / points;
        VectorField<TFloat64> advection = (tf, t, u, theta) -> {
            Operand<TFloat64> square = tf.math.square(u);
            Operand<TFloat64> right = tf.roll(square, tf.constant(-1), tf.constant(1));
            Operand<TFloat64> left = tf.roll(square, tf.constant(1), tf.constant(1));
            return tf.math.mul(tf.constant(-0.25 / spacing), tf.math.sub(right, left));
        };
        double two = 1 / (spacing * spacing);
        double four = two * two;
        SplitField<TFloat64> field = new SplitField<>(
                advection, Circulant.stencil(points, -four, 4 * four - two, 2 * two - 6 * four, 4 * four - two, -four));
        double[] start = new double[points];
        for (int i = 0; i < points; i++) {
            double x = 2 * Math.PI * i / points;
            start[i] = Math.cos(x) * (1 + Math.sin(2 * x));
        }
        double[] reference = Hipparchus.end(ClassicalEquations.KURAMOTO_SIVASHINSKY, start, 5);
        for (Method method : List.of(Methods.IMEX_RK4, Methods.KENCARP47, Methods.KENCARP58, Methods.ARS343)) {
            Solves.End end =
                    Solves.of(field, method, PidController.of(1e-6, 1e-6), new double[][] {start}, SaveAt.end(0, 5));
            check(end, reference, 1e-6, 1e-6, 7);
            assertThat(end.factorizations()).isBetween(1, 9);
        }
    }

    @Test
    void explicitMethodsOnStiffProblemsEndWithAdviceToTakeAnother() {
        PidController control = PidController.of(1e-5, 1e-9).withMaxSteps(2000);
        Solves.End end = Solves.of(
                Arithmetic.field(ClassicalEquations.ROBERTSON, 3),
                Methods.TSIT5,
                control,
                new double[][] {{1, 0, 0}},
                SaveAt.end(0, 40));
        assertThat(end.outcome()).isEqualTo(Outcome.MAX_STEPS);
        assertThat(end.outcome().advice()).contains("implicit", "stiff");
        end = Solves.of(
                Arithmetic.field(ClassicalEquations.VAN_DER_POL_1000, 2),
                Methods.DOPRI5,
                control,
                new double[][] {{2, 0}},
                SaveAt.end(0, 2000));
        assertThat(end.outcome()).isEqualTo(Outcome.MAX_STEPS);
    }
}
