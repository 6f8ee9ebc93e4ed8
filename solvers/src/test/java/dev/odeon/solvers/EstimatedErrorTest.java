package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.Floats;
import org.junit.jupiter.api.Test;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;

class EstimatedErrorTest {

    private static EstimatedError of(double[] errors, double[] states, long... shape) {
        try (Tensor largest = Floats.tensor(TFloat64.class, Shape.of(errors.length), errors);
                Tensor passed = Floats.tensor(TFloat64.class, Shape.of(shape), states)) {
            return EstimatedError.of(largest, passed);
        }
    }

    /** Two times of two samples of two components; a row that was not reached. */
    @Test
    void theSampleThatErrsMostInUnitsOfItsOwnStates() {
        double[] states = {1, -2, 100, 50, Double.NaN, Double.NaN, 7, 8};
        assertThat(of(new double[] {0.5, 3}, states, 2, 2, 2)).isEqualTo(new EstimatedError(0.5, 2));
        assertThat(of(new double[] {0.5, 30}, states, 2, 2, 2)).isEqualTo(new EstimatedError(30, 100));
        assertThat(of(new double[] {0, 0}, new double[] {0, 0}, 1, 2, 1).relative())
                .isZero();
    }

    @Test
    void adviceComesWithWhatIsAbsurd() {
        assertThat(new EstimatedError(0.1, 1).advice()).isEmpty();
        assertThat(new EstimatedError(312.5, 59).advice().orElseThrow())
                .contains("312.5")
                .contains("59")
                .contains("smaller steps");
        assertThat(new EstimatedError(1e-3, 0).advice()).isPresent();
        assertThat(new EstimatedError(Double.NaN, 1).advice()).isPresent();
    }

    @Test
    void tensorsThatDoNotBelongTogetherAreRefused() {
        assertThatThrownBy(() -> of(new double[] {1, 2}, new double[] {1, 2, 3}, 1, 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 samples")
                .hasMessageContaining("Solution.states()");
    }
}
