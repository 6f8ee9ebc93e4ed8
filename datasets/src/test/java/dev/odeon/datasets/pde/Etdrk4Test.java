package dev.odeon.datasets.pde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Etdrk4Test {
    /** The solution of v' = a v - v^2, in a form that does not cancel for small a. */
    private static double logistic(double a, double v0, double t) {
        return v0 * Math.exp(a * t) / (1 + v0 * (a == 0 ? t : Math.expm1(a * t) / a));
    }

    private static double error(double a, int steps) {
        double[] v = {0.7};
        Etdrk4 stepper = new Etdrk4(new double[] {a}, 1.0 / steps, (state, result) -> result[0] = -state[0] * state[0]);
        for (int i = 0; i < steps; i++) {
            stepper.step(v);
        }
        return Math.abs(v[0] - logistic(a, 0.7, 1));
    }

    @Test
    void convergesWithOrderFour() {
        for (double a : new double[] {1.5, 0, -1e-9, -1, -5}) {
            int[] steps = {16, 32, 64, 128};
            double[] errors = Arrays.stream(steps).mapToDouble(n -> error(a, n)).toArray();
            assertThat(ConvergenceSlope.of(steps, errors))
                    .as("order for a = %s", a)
                    .isCloseTo(4, within(0.2));
        }
    }

    @Test
    void isExactForAConstantTermHoweverStiff() {
        double[] eigenvalues = {0, 1e-13, -1e-8, -1e-3, 0.5, -1, -30, -1e4, -1e9};
        double[] v = new double[eigenvalues.length];
        Arrays.fill(v, 1);
        double step = 0.1;
        Etdrk4 stepper = new Etdrk4(eigenvalues, step, (state, result) -> Arrays.fill(result, 2));
        for (int i = 0; i < 10; i++) {
            stepper.step(v);
        }
        for (int i = 0; i < v.length; i++) {
            double a = eigenvalues[i];
            double exact = a == 0 ? 3 : Math.exp(a) + 2 * Math.expm1(a) / a;
            assertThat(v[i]).as("eigenvalue %s", a).isCloseTo(exact, within(1e-12 * Math.max(1e-3, Math.abs(exact))));
        }
    }

    @Test
    void namesWhatIsWrongWithItsArguments() {
        Etdrk4.Nonlinearity none = (v, result) -> Arrays.fill(result, 0);
        assertThatThrownBy(() -> new Etdrk4(new double[1], 0, none)).hasMessageContaining("step = 0.0");
        assertThatThrownBy(() -> new Etdrk4(new double[] {Double.NaN}, 1, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eigenvalues[0] = NaN");
        assertThatThrownBy(() -> new Etdrk4(new double[2], 1, none).step(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 entries");
    }
}
