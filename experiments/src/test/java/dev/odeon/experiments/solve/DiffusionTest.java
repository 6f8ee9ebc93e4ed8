package dev.odeon.experiments.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DiffusionTest {

    /** The right-hand side in Java, point by point. */
    private static double[] rates(double[] u) {
        double[] rates = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            double left = u[(i + u.length - 1) % u.length];
            double right = u[(i + 1) % u.length];
            rates[i] = (left - 2 * u[i] + right) * 127 * 127;
        }
        return rates;
    }

    @Test
    void theExactSolutionStartsAtTheGaussianAndEndsAtItsMean() {
        assertThat(DiffusionProblem.THESIS.exact(0)).containsExactly(DiffusionProblem.THESIS.start(), within(1e-13));
        assertThat(DiffusionProblem.THESIS.start()[0]).isCloseTo(0.3989422804014327, within(1e-15));
        double mean = Arrays.stream(DiffusionProblem.THESIS.start()).average().orElseThrow();
        assertThat(DiffusionProblem.THESIS.exact(1))
                .satisfies(u -> assertThat(Arrays.stream(u)
                                .map(x -> Math.abs(x - mean))
                                .max()
                                .orElseThrow())
                        .isLessThan(1e-13));
    }

    @Test
    void theExactSolutionHasTheRatesOfTheField() {
        double h = 1e-6;
        double[] before = DiffusionProblem.THESIS.exact(0.01 - h);
        double[] after = DiffusionProblem.THESIS.exact(0.01 + h);
        double[] rates = rates(DiffusionProblem.THESIS.exact(0.01));
        for (int i = 0; i < rates.length; i++) {
            assertThat((after[i] - before[i]) / (2 * h)).isCloseTo(rates[i], within(1e-5));
        }
    }

    @Test
    void aStepOfBackwardEulerSolvesItsEquation() {
        double size = 5e-4;
        double[] next = DiffusionProblem.THESIS.backwardEuler(size);
        double[] rates = rates(next);
        for (int i = 0; i < next.length; i++) {
            assertThat(next[i] - size * rates[i])
                    .isCloseTo(DiffusionProblem.THESIS.start()[i], within(1e-12));
        }
    }

    @Test
    void theFieldInTheGraphIsTheSame() {
        double[] end = MeasuredSolve.run(
                        OdeSolver.of(DiffusionProblem.THESIS.field(), Methods.DOPRI8, PidController.of(1e-11, 1e-11)),
                        DiffusionProblem.THESIS.start(),
                        SaveAt.end(0, 0.01),
                        1)
                .last(DiffusionProblem.THESIS.points());
        assertThat(end).containsExactly(DiffusionProblem.THESIS.exact(0.01), within(1e-9));
    }
}
