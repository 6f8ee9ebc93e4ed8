package dev.odeon.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

class BacksolveTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 0.1, 0.7, -0.4};
    private static final double[] W = {0.5, -0.3, 0.2, 0.1, 0.4, -0.6, 0.3, 0.2, -0.1};
    private static final double[] B = {0.1, -0.2, 0.3};
    private static final double[] J = {-2, 1, 0.3, 0.5, -3, 0.2, 0.1, 0.4, -1.5};
    /** Two intervals of one length, and two others. */
    private static final SaveAt SEVERAL = SaveAt.times(0.1, 0.35, 0.5, 0.75, 1.1);

    private static final Numbers EXACT = exact(Methods.IMEX_RK4, new FixedSteps(0.01), SEVERAL);

    private record Numbers(List<double[]> gradients, double[] reconstructed, int nfe, int solves, Outcome outcome) {
        /** The largest difference, in units of the largest number of each gradient. */
        double distance(Numbers other) {
            double worst = 0;
            for (int k = 0; k < gradients.size(); k++) {
                double scale = 0;
                double difference = 0;
                for (int i = 0; i < gradients.get(k).length; i++) {
                    scale = Math.max(scale, Math.abs(other.gradients.get(k)[i]));
                    difference = Math.max(
                            difference,
                            Math.abs(gradients.get(k)[i] - other.gradients.get(k)[i]));
                }
                worst = Math.max(worst, difference / scale);
            }
            return worst;
        }
    }

    private static <T extends TFloating> Numbers run(
            Class<T> type, Method method, StepControl control, Gradient gradient, SaveAt saveAt) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.of("u0", fed(tf, type, U0, 2, 3))
                    .with("w", fed(tf, type, W, 3, 3))
                    .with("b", fed(tf, type, B, 3))
                    .with("j", fed(tf, type, J, 3, 3));
            Values theta = Values.of("w", arguments.get("w")).with("b", arguments.get("b"));
            Solution<T> solution = OdeSolver.of(
                            Problems.trainable(arguments.get("j", type), DenseSolve.INVERSE), method, control)
                    .withGradient(gradient)
                    .solve(tf, arguments.get("u0", type), theta, saveAt);
            Operand<T> loss = tf.reduceSum(tf.math.sin(solution.states()), tf.constant(new int[] {0, 1, 2}));
            Values gradients = Gradients.of(tf, loss, arguments);
            Solution.BackwardStatistics backward = solution.backward().orElseThrow();
            Session.Runner runner = graph.quickSession().runner();
            gradients.operands().forEach(runner::fetch);
            runner.fetch(solution.reconstructed().orElse(solution.last()))
                    .fetch(backward.nfe())
                    .fetch(backward.linearSolves())
                    .fetch(solution.backwardOutcome().orElse(solution.outcome()));
            try (Result result = runner.run()) {
                List<double[]> values = new ArrayList<>();
                int n = gradients.size();
                for (int i = 0; i <= n; i++) {
                    values.add(Floats.read(result.get(i)));
                }
                return new Numbers(
                        values.subList(0, n),
                        values.get(n),
                        ((TInt32) result.get(n + 1)).getInt(),
                        ((TInt32) result.get(n + 2)).getInt(),
                        Outcome.ofCode(((TInt32) result.get(n + 3)).getInt()));
            }
        }
    }

    /** Not a constant: TensorFlow would compute the whole graph while optimising it. */
    private static <T extends TFloating> Operand<T> fed(Ops tf, Class<T> type, double[] values, long... dimensions) {
        Shape shape = Shape.of(dimensions);
        return tf.placeholderWithDefault(Floats.constant(tf, type, shape, values), shape);
    }

    private static Numbers exact(Method method, StepControl control, SaveAt saveAt) {
        return run(TFloat64.class, method, control, Gradient.DISCRETE_ADJOINT, saveAt);
    }

    static Stream<Arguments> waysBack() {
        PidController chosen = PidController.of(1e-8, 1e-8);
        return Stream.of(
                Arguments.of(Methods.DOPRI5, new FixedSteps(0.05), 1e-7),
                Arguments.of(Methods.IMEX_RK4, new FixedSteps(0.025), 1e-7),
                Arguments.of(Methods.ABM4, new FixedSteps(0.0125), 2e-7),
                Arguments.of(Methods.SBDF4, new FixedSteps(0.0125), 2e-5),
                Arguments.of(Methods.RK4, new StepsPerInterval(20), 1e-5),
                Arguments.of(Methods.GAUSS4, new FixedSteps(0.05), 2e-6),
                Arguments.of(Methods.TSIT5, chosen, 5e-8),
                Arguments.of(Methods.IMEX_RK4, chosen, 1e-7),
                Arguments.of(Methods.KVAERNO5, chosen, 5e-7));
    }

    /** The solve has steps so small that its own error does not matter. */
    @ParameterizedTest
    @MethodSource("waysBack")
    void everyFamilyFindsTheGradientToItsAccuracy(Method method, StepControl control, double accuracy) {
        StepControl small = new FixedSteps(0.01);
        Numbers numbers = run(TFloat64.class, Methods.IMEX_RK4, small, BacksolveAdjoint.of(method, control), SEVERAL);
        assertThat(numbers.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(numbers.distance(EXACT)).isPositive().isLessThan(accuracy);
        assertThat(largestDifference(numbers.reconstructed(), U0)).isLessThan(10 * accuracy);
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    @Test
    void theErrorFallsWithTheTolerance() {
        double[] tolerances = {1e-4, 1e-6, 1e-8, 1e-10};
        double[] errors = new double[tolerances.length];
        for (int k = 0; k < tolerances.length; k++) {
            PidController control =
                    PidController.of(tolerances[k], tolerances[k]).withMaxSteps(1000);
            // The same steps forward: what differs is the way back.
            Numbers exact = exact(Methods.TSIT5, control, SEVERAL);
            errors[k] = run(TFloat64.class, Methods.TSIT5, control, new BacksolveAdjoint(), SEVERAL)
                    .distance(exact);
        }
        double slope = Math.log(errors[0] / errors[3]) / Math.log(tolerances[0] / tolerances[3]);
        assertThat(slope).isBetween(0.7, 1.3);
        assertThat(errors[3]).isLessThan(1e-8);
    }

    @Test
    void theWayBackTakesMethodAndStepsOfTheSolveUnlessItHasItsOwn() {
        Numbers exact = exact(Methods.IMEX_RK3, new FixedSteps(0.02), SEVERAL);
        Numbers own = run(TFloat64.class, Methods.IMEX_RK3, new FixedSteps(0.02), new BacksolveAdjoint(), SEVERAL);
        assertThat(own.distance(exact)).isLessThan(5e-5);
        // 13 + 8 + 13 + 18 steps of four stages, three of them implicit.
        assertThat(own.nfe()).isEqualTo(52 * 4);
        assertThat(own.solves()).isEqualTo(52 * 3);
        Numbers explicit = run(
                TFloat64.class,
                Methods.IMEX_RK3,
                new FixedSteps(0.02),
                BacksolveAdjoint.of(Methods.RK4, new FixedSteps(0.1)),
                SEVERAL);
        assertThat(explicit.nfe()).isEqualTo((3 + 2 + 3 + 4) * 4);
        assertThat(explicit.solves()).isZero();
    }

    @Test
    void singlePrecisionFindsTheGradientToItsRounding() {
        for (StepControl control : List.of(new FixedSteps(0.05), PidController.of(1e-5, 1e-5))) {
            Numbers single = run(TFloat32.class, Methods.DOPRI5, control, new BacksolveAdjoint(), SEVERAL);
            assertThat(single.distance(EXACT)).isLessThan(2e-5);
        }
        Numbers imex = run(TFloat32.class, Methods.IMEX_RK4, new FixedSteps(0.05), new BacksolveAdjoint(), SEVERAL);
        assertThat(imex.distance(EXACT)).isLessThan(2e-5);
    }

    /** A multistep solve starts with steps that TensorFlow differentiates, in front of the loop. */
    @Test
    void kindsOfSolvesThatKeepTheirStatesDifferentlyAreGoneBackOver() {
        Gradient gradient = BacksolveAdjoint.of(Methods.DOPRI5, new FixedSteps(0.05));
        Numbers multistep = run(TFloat64.class, Methods.SBDF3, new FixedSteps(0.005), gradient, SEVERAL);
        assertThat(multistep.distance(exact(Methods.SBDF3, new FixedSteps(0.005), SEVERAL)))
                .isLessThan(1e-5);
        SaveAt steps = SaveAt.steps(0.1, 1.1, 101);
        Numbers ends = run(TFloat64.class, Methods.RK4, new FixedSteps(0.01), new BacksolveAdjoint(), steps);
        assertThat(ends.distance(exact(Methods.RK4, new FixedSteps(0.01), steps)))
                .isLessThan(1e-8);
        SaveAt reverse = SaveAt.times(1.1, 0.8, 0.5, 0.1);
        Numbers reversed = run(TFloat64.class, Methods.RK4, new FixedSteps(0.01), new BacksolveAdjoint(), reverse);
        assertThat(reversed.distance(exact(Methods.RK4, new FixedSteps(0.01), reverse)))
                .isLessThan(1e-6);
        PidController own = PidController.of(1e-8, 1e-8)
                .with(PidController.Scope.EACH_SAMPLE)
                .withMaxSteps(1000);
        Numbers samples = run(TFloat64.class, Methods.TSIT5, own, gradient, SEVERAL);
        assertThat(samples.distance(exact(Methods.TSIT5, own, SEVERAL))).isLessThan(1e-6);
    }
}
