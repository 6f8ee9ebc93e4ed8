package dev.odeon.datasets.pde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class AdvectionTest {
    private static double[] advection(int points, Dealiasing dealiasing, DoubleUnaryOperator u) {
        PeriodicGrid grid = new PeriodicGrid(points, 2 * Math.PI);
        RealSpectrum transform = new RealSpectrum(points);
        double[] v = InitialState.on(grid, u);
        transform.forward(v);
        double[] result = new double[points];
        new Advection(grid, transform, dealiasing).evaluate(v, result);
        transform.inverse(result);
        return result;
    }

    @Test
    void isMinusUTimesItsDerivative() {
        for (Dealiasing dealiasing : Dealiasing.values()) {
            double[] result = advection(32, dealiasing, x -> Math.sin(2 * x) + Math.cos(3 * x));
            for (int i = 0; i < 32; i++) {
                double x = 2 * Math.PI * i / 32;
                double u = Math.sin(2 * x) + Math.cos(3 * x);
                double slope = 2 * Math.cos(2 * x) - 3 * Math.sin(3 * x);
                assertThat(result[i]).isCloseTo(-u * slope, within(1e-13));
            }
        }
    }

    @Test
    void dealiasingDropsWhatWouldFoldBack() {
        // On 16 points the square of mode 5 is mode 10, which looks like mode 6.
        double[] folded = advection(16, Dealiasing.NONE, x -> Math.sin(5 * x));
        double[] dropped = advection(16, Dealiasing.TWO_THIRDS, x -> Math.sin(5 * x));
        assertThat(Math.abs(folded[1])).isGreaterThan(0.5);
        for (double value : dropped) {
            assertThat(value).isCloseTo(0, within(1e-14));
        }
    }
}
