package dev.odeon.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat64;

class ConvergenceTest {

    static List<Method> methods() {
        return Methods.all();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theErrorFallsWithTheOrderOfTheMethod(Method method) {
        // Fine enough for the asymptotic regime, coarse enough to stay away from rounding.
        int coarse = method.order() >= 5 ? 32 : 16;
        double slope = Math.log(error(method, coarse) / error(method, 2 * coarse)) / Math.log(2);
        assertThat(slope).isCloseTo(method.order(), within(0.2));
    }

    /** The error at t = 1 of the non-autonomous split problem. */
    private static double error(Method method, int steps) {
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> u0 = graph.tf().constant(new double[][] {{Math.cos(0), Math.cos(1), Math.cos(2)}});
            OdeSolver<TFloat64> solver = OdeSolver.of(
                            Problems.<TFloat64>forced(-0.5, -1, -2), method, new FixedSteps(1.0 / steps))
                    .withGradient(Gradient.NONE);
            double[] end = graph.evaluate(solver.solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 1))
                    .last());
            double worst = 0;
            for (int k = 0; k < 3; k++) {
                worst = Math.max(worst, Math.abs(end[k] - Math.cos(1 + k)));
            }
            return worst;
        }
    }
}
