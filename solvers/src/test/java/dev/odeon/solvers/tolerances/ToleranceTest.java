package dev.odeon.solvers.tolerances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.PidController;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Tolerances spread over the components of one sample as in arithmetic, and over nothing else. */
class ToleranceTest {

    @Test
    void numbersArraysAndTensorsMakeTheSameTolerance() {
        Tolerance numbers = Tolerance.of(1, 2, 4);
        assertThat(Tolerance.of(StdArrays.ndCopyOf(new double[] {1, 2, 4}))).isEqualTo(numbers);
        try (TFloat32 tensor = TFloat32.vectorOf(1, 2, 4)) {
            assertThat(Tolerance.of(tensor)).isEqualTo(numbers);
        }
        assertThat(Tolerance.of(2.0).shape()).isEqualTo(Shape.scalar());
        assertThat(Tolerance.of(2, 2).uniform()).isTrue();
        assertThat(numbers.uniform()).isFalse();
    }

    @Test
    void sumsAndLargerNumbersSpreadOverTheirJointShape() {
        Tolerance row = Tolerance.of(1, 2, 3);
        Tolerance column = Tolerance.of(Shape.of(2, 1), 10, 20);
        assertThat(row.plus(column)).isEqualTo(Tolerance.of(Shape.of(2, 3), 11, 12, 13, 21, 22, 23));
        assertThat(column.plus(row)).isEqualTo(row.plus(column));
        assertThat(row.atLeast(Tolerance.of(Shape.of(2, 1), 2, 0)))
                .isEqualTo(Tolerance.of(Shape.of(2, 3), 2, 2, 3, 1, 2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> row.plus(Tolerance.of(1, 2)))
                .withMessageContaining("[3] and [2] do not go together");
    }

    @Test
    void aToleranceSpreadsOverTheStateOfOneSample() {
        Tolerance.of(1, 2, 3).requireFits(Shape.of(8, 3));
        Tolerance.of(1, 2, 3).requireFits(Shape.of(8, 5, 3));
        Tolerance.of(1, 2, 3).requireFits(Shape.of(-1, -1));
        Tolerance.of(Shape.of(5, 1), 1, 2, 3, 4, 5).requireFits(Shape.of(8, 5, 3));
        Tolerance.of(1).requireFits(Shape.of(8));
        refused(
                Tolerance.of(1, 2, 3),
                Shape.of(3),
                "[1.0, 2.0, 3.0] of the shape [3] does not spread over samples of the shape []");
        refused(Tolerance.of(1, 2), Shape.of(2, 3), "does not spread over samples of the shape [3]: give one number");
        // Not the tolerances of samples.
        refused(Tolerance.of(Shape.of(8, 1), 1, 2, 3, 4, 5, 6, 7, 8), Shape.of(8, 3), "shape [3]");
    }

    private static void refused(Tolerance tolerance, Shape state, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tolerance.requireFits(state))
                .withMessageContaining(message);
    }

    @Test
    void whatIsNoToleranceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tolerance.of(1, -2))
                .withMessage("A tolerance cannot be -2.0: give zero or a positive number");
        assertThatIllegalArgumentException().isThrownBy(() -> Tolerance.of(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(Tolerance::of)
                .withMessageContaining("A tolerance of 0 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PidController.of(0, 1).withAbsolute(1, 0))
                .withMessageContaining("cannot be 0.0, [1.0, 0.0]");
        // A component without absolute tolerance needs a relative one.
        PidController mixed = PidController.of(1, 1).withAbsolute(1, 0).withRelative(0, 1);
        assertThat(mixed.rtol()).isEqualTo(Tolerance.of(0, 1));
    }

    @Test
    void relativeTolerancesBelowTheRoundingOfTheTypeAreRaised() {
        PidController control = PidController.of(1e-9, 1e-9);
        Shape state = Shape.of(2, 3);
        assertThat(control.attainable(TFloat64.class, state)).isSameAs(control);
        PidController raised = control.attainable(TFloat32.class, state);
        assertThat(raised.rtol().smallest()).isEqualTo(4 * Math.ulp(1.0f));
        assertThat(raised.atol()).isEqualTo(control.atol());
        assertThat(raised.attainable(TFloat32.class, state)).isSameAs(raised);
        assertThat(Newton.full().attainable(TFloat32.class)).isEqualTo(8 * Math.ulp(1.0f));
        assertThat(Newton.full().attainable(TFloat64.class)).isEqualTo(1e-10);
    }
}
