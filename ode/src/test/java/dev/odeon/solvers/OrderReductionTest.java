package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat64;

/**
 * On very stiff problems the error falls more slowly than the order of the method promises; docs/ARCHITECTURE.md has the
 * measured table.
 */
class OrderReductionTest {

    private static final double RATE = -1e4;

    static Stream<Arguments> slopes() {
        return Stream.of(
                Arguments.of(Methods.IMEX_RK2, 1.01),
                Arguments.of(Methods.IMEX_RK3, 2.05),
                Arguments.of(Methods.IMEX_RK4, 1.36),
                Arguments.of(Methods.IMEX_RK5, 0.79));
    }

    @ParameterizedTest
    @MethodSource("slopes")
    void theSlopeIsTheDocumentedOne(ImexRungeKutta method, double slope) {
        double measured = Math.log(error(method, 16) / error(method, 64)) / Math.log(4);
        assertThat(measured).isCloseTo(slope, within(0.05)).isLessThan(method.order() - 0.5);
    }

    /**
     * The error of u at t = 1 for u' = r (u - v), v' = -w, w' = v with v = cos t, on the smooth solution: the stiff
     * relaxation is the linear part, the slow rotation the nonlinear one.
     */
    private static double error(ImexRungeKutta method, int steps) {
        Dense<TFloat64> relaxation =
                Dense.of(new double[][] {{RATE, -RATE, 0}, {0, 0, 0}, {0, 0, 0}}, DenseSolve.INVERSE);
        VectorField<TFloat64> rotation = (tf, t, u, theta) ->
                tf.linalg.matMul(u, tf.constant(new double[][] {{0, 0, 0}, {0, 0, 1}, {0, -1, 0}}));
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> u0 = graph.tf().constant(new double[][] {{RATE * RATE / (1 + RATE * RATE), 1, 0}});
            OdeSolver<TFloat64> solver = OdeSolver.of(
                            new SplitField<>(rotation, relaxation), method, new FixedSteps(1.0 / steps))
                    .withGradient(Gradient.NONE);
            double[] end = graph.evaluate(solver.solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 1))
                    .last());
            double exact = (RATE * RATE * Math.cos(1) - RATE * Math.sin(1)) / (1 + RATE * RATE);
            return Math.abs(end[0] - exact);
        }
    }
}
