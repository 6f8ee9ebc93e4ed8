package dev.odeon.adjoint.backsolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.ode.testing.GradientNumbers;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

class BacksolveTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 0.1, 0.7, -0.4};
    /** Two intervals of one length, and two others. */
    private static final SaveAt SEVERAL = SaveAt.times(0.1, 0.35, 0.5, 0.75, 1.1);

    private static final GradientNumbers EXACT = exact(Methods.IMEX_RK4, new FixedSteps(0.01), SEVERAL);

    private static <T extends TFloating> GradientNumbers run(
            Class<T> type, Method method, StepControl control, Gradient gradient, SaveAt saveAt) {
        return GradientNumbers.ofTrainable(type, U0, method, control, gradient, saveAt);
    }

    private static GradientNumbers exact(Method method, StepControl control, SaveAt saveAt) {
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
        GradientNumbers numbers =
                run(TFloat64.class, Methods.IMEX_RK4, small, BacksolveAdjoint.of(method, control), SEVERAL);
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
            GradientNumbers exact = exact(Methods.TSIT5, control, SEVERAL);
            errors[k] = run(TFloat64.class, Methods.TSIT5, control, new BacksolveAdjoint(), SEVERAL)
                    .distance(exact);
        }
        double slope = Math.log(errors[0] / errors[3]) / Math.log(tolerances[0] / tolerances[3]);
        assertThat(slope).isBetween(0.7, 1.3);
        assertThat(errors[3]).isLessThan(1e-8);
    }

    @Test
    void theWayBackTakesMethodAndStepsOfTheSolveUnlessItHasItsOwn() {
        GradientNumbers exact = exact(Methods.IMEX_RK3, new FixedSteps(0.02), SEVERAL);
        GradientNumbers own =
                run(TFloat64.class, Methods.IMEX_RK3, new FixedSteps(0.02), new BacksolveAdjoint(), SEVERAL);
        assertThat(own.distance(exact)).isLessThan(5e-5);
        // 13 + 8 + 13 + 18 steps of four stages, three of them implicit.
        assertThat(own.nfe()).isEqualTo(52 * 4);
        assertThat(own.solves()).isEqualTo(52 * 3);
        GradientNumbers explicit = run(
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
            GradientNumbers single = run(TFloat32.class, Methods.DOPRI5, control, new BacksolveAdjoint(), SEVERAL);
            assertThat(single.distance(EXACT)).isLessThan(2e-5);
        }
        GradientNumbers imex =
                run(TFloat32.class, Methods.IMEX_RK4, new FixedSteps(0.05), new BacksolveAdjoint(), SEVERAL);
        assertThat(imex.distance(EXACT)).isLessThan(2e-5);
    }

    /** A multistep solve starts with steps that TensorFlow differentiates, in front of the loop. */
    @Test
    void kindsOfSolvesThatKeepTheirStatesDifferentlyAreGoneBackOver() {
        Gradient gradient = BacksolveAdjoint.of(Methods.DOPRI5, new FixedSteps(0.05));
        GradientNumbers multistep = run(TFloat64.class, Methods.SBDF3, new FixedSteps(0.005), gradient, SEVERAL);
        assertThat(multistep.distance(exact(Methods.SBDF3, new FixedSteps(0.005), SEVERAL)))
                .isLessThan(1e-5);
        SaveAt steps = SaveAt.steps(0.1, 1.1, 101);
        GradientNumbers ends = run(TFloat64.class, Methods.RK4, new FixedSteps(0.01), new BacksolveAdjoint(), steps);
        assertThat(ends.distance(exact(Methods.RK4, new FixedSteps(0.01), steps)))
                .isLessThan(1e-8);
        SaveAt reverse = SaveAt.times(1.1, 0.8, 0.5, 0.1);
        GradientNumbers reversed =
                run(TFloat64.class, Methods.RK4, new FixedSteps(0.01), new BacksolveAdjoint(), reverse);
        assertThat(reversed.distance(exact(Methods.RK4, new FixedSteps(0.01), reverse)))
                .isLessThan(1e-6);
        PidController own = PidController.of(1e-8, 1e-8)
                .with(PidController.Scope.EACH_SAMPLE)
                .withMaxSteps(1000);
        GradientNumbers samples = run(TFloat64.class, Methods.TSIT5, own, gradient, SEVERAL);
        assertThat(samples.distance(exact(Methods.TSIT5, own, SEVERAL))).isLessThan(1e-6);
    }
}
