package dev.odeon.solvers.steps;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Times and steps that an element type does not tell apart. */
class TimeResolutionTest {

    private static final TimeResolution NARROW = new TimeResolution(TFloat32.class);
    private static final TimeResolution WIDE = new TimeResolution(TFloat64.class);
    private static final PidController CHOSEN = PidController.of(1e-5, 1e-5);

    @Test
    void timesThatAreTheSameAreRefusedHoweverTheyAreKept() {
        List<SaveAt> refused = List.of(
                SaveAt.stops(1 - 1e-9, 1, 2),
                SaveAt.times(1, 2, 2 + 1e-9),
                SaveAt.times(2, 1, 1 - 1e-9),
                SaveAt.end(1.6e9, 1.6e9 + 1),
                SaveAt.steps(1.6e9, 1.6e9 + 1, 10),
                SaveAt.dense(1.6e9, 1.6e9 + 1, 10));
        for (SaveAt saveAt : refused) {
            for (StepControl control : List.of(CHOSEN, new FixedSteps(0.5), new StepsPerInterval(1))) {
                assertThatThrownBy(() -> NARROW.require(saveAt, control))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("the same in float32")
                        .hasMessageContaining("float64");
            }
            assertThatCode(() -> WIDE.require(saveAt, CHOSEN)).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> NARROW.require(SaveAt.end(1.6e9, 1.6e9 + 1), CHOSEN))
                .hasMessage(
                        "The times 1.6E9 and 1.600000001E9 are the same in float32, whose numbers near 1.600000001E9 are"
                                + " 128.0 apart: shift the times so that the solve starts near zero, give times that are farther apart,"
                                + " or compute in float64");
    }

    @Test
    void timesThatAreTheSameAfterTheStartIsTakenOffAreRefused() {
        assertThatThrownBy(() -> NARROW.require(SaveAt.times(-1, 1e-9, 2e-9), CHOSEN))
                .hasMessageContaining("Counted from the start at -1.0")
                .hasMessageContaining("start nearer to them");
        assertThatCode(() -> NARROW.require(SaveAt.times(0, 1e-9, 2e-9), CHOSEN))
                .doesNotThrowAnyException();
    }

    @Test
    void stepsThatDoNotChangeTheTimeAreRefused() {
        SaveAt far = SaveAt.end(1e6, 1e6 + 10);
        for (StepControl control : List.of(
                new FixedSteps(0.01), new StepsPerInterval(1000), CHOSEN.within(0, 0.01), CHOSEN.within(0, 0.06))) {
            assertThatThrownBy(() -> NARROW.require(far, control))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0.0625 apart")
                    .hasMessageContaining("take larger steps");
            assertThatCode(() -> WIDE.require(far, control)).doesNotThrowAnyException();
            assertThatCode(() -> NARROW.require(SaveAt.end(0, 10), control)).doesNotThrowAnyException();
        }
        assertThatCode(() -> NARROW.require(far, new FixedSteps(0.125))).doesNotThrowAnyException();
    }

    @Test
    void timesBeyondTheNumbersOfTheTypeAreRefused() {
        assertThatThrownBy(() -> NARROW.require(SaveAt.end(0, 1e39), CHOSEN))
                .hasMessageContaining("beyond the numbers");
        assertThatThrownBy(() -> WIDE.require(SaveAt.end(-1e308, 1e308), CHOSEN))
                .hasMessageContaining("beyond the numbers of float64: give smaller times");
    }
}
