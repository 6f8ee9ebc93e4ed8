package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Problems;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Every method of the registry on a non-autonomous, nonlinear split problem with a known solution. */
class ConvergenceTest {

    static List<Method> methods() {
        List<Method> methods = new ArrayList<>(Methods.all());
        methods.add(Methods.theta(0.5));
        methods.add(Methods.theta(0.7));
        return methods;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theErrorFallsWithTheOrderOfTheMethod(Method method) {
        // Fine enough for the asymptotic regime, coarse enough to stay away from rounding.
        int coarse = method.order() >= 6 ? 8 : method instanceof RungeKutta && method.order() < 5 ? 16 : 40;
        if (method.equals(Methods.TSIT5)) {
            coarse = 44; // at coarser steps two terms of its error all but cancel on this problem
        }
        double[] times = {0, 0.25, 0.5, 0.75, 1};
        double[] errors = errorsSideBySide(tight(method), times, coarse);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isCloseTo(method.order(), within(0.2));
    }

    static List<Method> multistepMethods() {
        return List.of(
                Methods.SBDF2, Methods.SBDF4, Methods.CNAB2, Methods.MCNAB2, Methods.AB4, Methods.ABM4, Methods.BDF3);
    }

    /** Steps of 1/32 and 1/64 reach 0.4 by a step of 0.8 and 0.6 of their size. */
    @ParameterizedTest
    @MethodSource("multistepMethods")
    void shortenedStepsKeepTheOrder(Method method) {
        double[] errors = errors(method, new double[] {0, 0.4, 0.8}, 32, 64);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isGreaterThan(method.order() - 0.3);
    }

    /** At the default tolerance of optimisers their error would show. */
    private static Method tight(Method method) {
        InnerOptimiser optimiser = new InnerOptimiser(1e-13, 1000, InnerOptimiser.Rule.LBFGS, 0.5);
        if (method instanceof ImplicitRungeKutta implicit && implicit.solver() instanceof InnerOptimiser) {
            return implicit.with(optimiser);
        }
        if (method instanceof BackwardDifferentiation bdf && bdf.solver() instanceof InnerOptimiser) {
            return bdf.with(optimiser);
        }
        return method;
    }

    /**
     * The errors for steps of 1/coarse and half of that, by one solve to time 2 with a sample for each: the second sample
     * lives in half time, so that a step is half as long for it. Graphs take longer to build than to run. Where J is solved
     * for, all samples share it, so that there the two are one sample of twice the width.
     */
    private static double[] errorsSideBySide(Method method, double[] times, int coarse) {
        double[] paces = {1, 0.5};
        VectorField<TFloat64> forced = Problems.<TFloat64>forced(-0.5, -1, -2).nonlinear();
        boolean together = method.linearPart() == Method.LinearPart.SEPARATE;
        SplitField<TFloat64> field = new SplitField<>(
                (tf, t, u, theta) -> {
                    Operand<TFloat64> pace = tf.constant(new double[][] {{paces[0]}, {paces[1]}});
                    Operand<TFloat64> samples = tf.reshape(u, tf.constant(new int[] {2, 3}));
                    Operand<TFloat64> rates =
                            tf.math.mul(forced.evaluate(tf, tf.math.mul(t, pace), samples, theta), pace);
                    // The rest of a linear part that all samples share.
                    Operand<TFloat64> rest = tf.constant(new double[][] {{0, 0, 0}, {0.25, 0.5, 1}});
                    return together
                            ? tf.reshape(rates, tf.constant(new int[] {1, 6}))
                            : tf.math.add(rates, tf.math.mul(samples, rest));
                },
                together ? Diagonal.of(-0.5, -1, -2, -0.25, -0.5, -1) : Diagonal.of(-0.5, -1, -2));
        double[] saved = DoubleStream.concat(
                        Arrays.stream(times), Arrays.stream(times).map(time -> 2 * time))
                .distinct()
                .sorted()
                .toArray();
        double[] start = {Math.cos(0), Math.cos(1), Math.cos(2)};
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> u0 = graph.tf().constant(new double[][] {start, start});
            u0 = together ? graph.tf().reshape(u0, graph.tf().constant(new int[] {1, 6})) : u0;
            Solution<TFloat64> solution = OdeSolver.of(field, method, new FixedSteps(1.0 / coarse))
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), u0, Values.empty(), SaveAt.times(saved));
            double[] errors = new double[2];
            try (Result result = graph.quickSession()
                    .runner()
                    .fetch(solution.states())
                    .fetch(solution.outcome())
                    .run()) {
                assertThat(Outcome.ofCode(((TInt32) result.get(1)).getInt())).isEqualTo(Outcome.SUCCESS);
                double[] states = Floats.read(result.get(0));
                for (int sample = 0; sample < 2; sample++) {
                    for (double time : times) {
                        int row = Arrays.binarySearch(saved, time / paces[sample]);
                        for (int k = 0; k < 3; k++) {
                            errors[sample] += Math.abs(states[6 * row + 3 * sample + k] - Math.cos(time + k));
                        }
                    }
                }
            }
            return errors;
        }
    }

    /** The errors for some step counts, in one session. */
    private static double[] errors(Method method, double[] times, int... counts) {
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> u0 = graph.tf().constant(new double[][] {{Math.cos(0), Math.cos(1), Math.cos(2)}});
            double[] errors = new double[counts.length];
            List<Solution<TFloat64>> solutions = new ArrayList<>();
            for (int steps : counts) {
                solutions.add(OdeSolver.of(Problems.<TFloat64>forced(-0.5, -1, -2), method, new FixedSteps(1.0 / steps))
                        .withGradient(Gradient.NONE)
                        .solve(graph.tf(), u0, Values.empty(), SaveAt.times(times)));
            }
            Session.Runner runner = graph.quickSession().runner();
            solutions.forEach(solution -> runner.fetch(solution.states()).fetch(solution.outcome()));
            try (Result result = runner.run()) {
                for (int i = 0; i < counts.length; i++) {
                    assertThat(Outcome.ofCode(((TInt32) result.get(2 * i + 1)).getInt()))
                            .isEqualTo(Outcome.SUCCESS);
                    double[] state = Floats.read(result.get(2 * i));
                    // The mean over several times: at one time the leading error may vanish.
                    for (int k = 0; k < state.length; k++) {
                        errors[i] += Math.abs(state[k] - Math.cos(times[k / 3] + k % 3));
                    }
                }
            }
            return errors;
        }
    }
}
