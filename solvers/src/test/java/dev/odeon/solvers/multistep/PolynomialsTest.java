package dev.odeon.solvers.multistep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PolynomialsTest {

    @Test
    void evenStepsGiveTheClassicalCoefficients() {
        double[] sizes = {0.1, 0.1, 0.1};
        double[] past = Polynomials.past(sizes, 3);
        assertThat(Polynomials.integrals(past))
                .containsExactly(new double[] {23 / 12.0, -16 / 12.0, 5 / 12.0}, within(1e-14));
        assertThat(Polynomials.values(past, 1)).containsExactly(new double[] {3, -3, 1}, within(1e-13));
        assertThat(Polynomials.derivatives(Polynomials.withNew(past, 4), 1))
                .containsExactly(new double[] {11 / 6.0, -3, 1.5, -1 / 3.0}, within(1e-13));
    }

    @Test
    void unevenStepsAreExactForPolynomials() {
        double[] past = Polynomials.past(new double[] {0.2, 0.5, 0.3, 0.7}, 4);
        double[] weights = Polynomials.integrals(past);
        for (int power = 0; power < 4; power++) {
            double sum = 0;
            for (int j = 0; j < 4; j++) {
                sum += weights[j] * Math.pow(past[j], power);
            }
            assertThat(sum).isCloseTo(1.0 / (power + 1), within(1e-12));
        }
    }
}
