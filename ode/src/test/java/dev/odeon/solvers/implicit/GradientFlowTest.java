package dev.odeon.solvers.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.IteratedMethod;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The energy of a gradient flow never grows by a variational extrapolation, whatever the step.
 *
 * <p>The energy is that of Allen and Cahn on a ring, sum_i (u_i^2 - 1)^2 / 4 + (u_i - u_(i-1))^2 / 2, which has many minima.
 */
class GradientFlowTest {

    private static final int WIDTH = 8;
    private static final int SAMPLES = 16;
    private static final int STEPS = 8;

    private static VectorField<TFloat64> field() {
        return (tf, t, u, theta) -> {
            Operand<TFloat64> neighbours = tf.math.add(
                    tf.roll(u, tf.constant(1), tf.constant(1)), tf.roll(u, tf.constant(-1), tf.constant(1)));
            return tf.math.sub(tf.math.sub(neighbours, u), tf.math.mul(u, tf.math.square(u)));
        };
    }

    private static double energy(double[] u) {
        double sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            double well = u[i] * u[i] - 1;
            double slope = u[i] - u[(i + WIDTH - 1) % WIDTH];
            sum += well * well / 4 + slope * slope / 2;
        }
        return sum;
    }

    /** The largest growth of the energy of a sample in a step. */
    private static double largestGrowth(IteratedMethod method, double size) {
        Random random = new Random(5);
        double[] start = random.doubles(SAMPLES * WIDTH, -3, 3).toArray();
        double[] times =
                IntStream.rangeClosed(0, STEPS).mapToDouble(i -> i * size).toArray();
        try (TestGraph graph = new TestGraph()) {
            Shape shape = Shape.of(SAMPLES, WIDTH);
            Operand<TFloat64> u0 =
                    graph.tf().placeholderWithDefault(Floats.constant(graph.tf(), TFloat64.class, shape, start), shape);
            Solution<TFloat64> solution = OdeSolver.of(field(), method, new FixedSteps(size))
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), u0, Values.empty(), SaveAt.times(times));
            try (Result result = graph.session()
                    .runner()
                    .fetch(solution.states())
                    .fetch(solution.outcome())
                    .run()) {
                assertThat(Outcome.ofCode(((TInt32) result.get(1)).getInt())).isEqualTo(Outcome.SUCCESS);
                return largestGrowth(Floats.read(result.get(0)));
            }
        }
    }

    private static double largestGrowth(double[] states) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int sample = 0; sample < SAMPLES; sample++) {
            double before = Double.POSITIVE_INFINITY;
            for (int step = 0; step <= STEPS; step++) {
                int from = (step * SAMPLES + sample) * WIDTH;
                double after = energy(Arrays.copyOfRange(states, from, from + WIDTH));
                largest = Math.max(largest, after - before);
                before = after;
            }
        }
        return largest;
    }

    static Stream<Arguments> schemesAndSizes() {
        return Stream.of(Methods.PROX_VARIATIONAL2, Methods.PROX_VARIATIONAL3)
                .flatMap(method -> Stream.of(0.1, 1.0, 10.0).map(size -> Arguments.of(method, size)));
    }

    private static IteratedMethod solved(IteratedMethod method, double size) {
        // Below the inverse curvature of the objective, so that descent never increases it.
        return method.with(new InnerOptimiser(1e-9, 20_000, InnerOptimiser.Rule.GRADIENT_DESCENT, 1 / (1 + 10 * size)));
    }

    @ParameterizedTest
    @MethodSource("schemesAndSizes")
    void theEnergyNeverGrows(IteratedMethod method, double size) {
        assertThat(largestGrowth(solved(method, size), size)).isLessThan(1e-8);
    }

    @ParameterizedTest
    @ValueSource(doubles = 3)
    void byCrankNicolsonItGrows(double size) {
        assertThat(largestGrowth(solved(Methods.PROX_CRANK_NICOLSON, size), size))
                .isGreaterThan(1);
    }
}
