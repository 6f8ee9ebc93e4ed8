package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** What is fetched from a graph becomes an outcome. */
class OutcomeTest {

    private static Outcome of(Outcome... outcomes) {
        int[] codes = new int[outcomes.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = outcomes[i].code();
        }
        try (TInt32 tensor = TInt32.vectorOf(codes)) {
            return Outcome.of(tensor);
        }
    }

    @Test
    void ofOneSolve() {
        for (Outcome outcome : Outcome.values()) {
            try (TInt32 tensor = TInt32.scalarOf(outcome.code())) {
                assertThat(Outcome.of(tensor)).isEqualTo(outcome);
            }
        }
    }

    @Test
    void ofSamplesTheFirstFailureCounts() {
        assertThat(of(Outcome.SUCCESS, Outcome.SUCCESS)).isEqualTo(Outcome.SUCCESS);
        assertThat(of(Outcome.SUCCESS, Outcome.EVENT)).isEqualTo(Outcome.EVENT);
        assertThat(of(Outcome.EVENT, Outcome.MAX_STEPS, Outcome.NON_FINITE)).isEqualTo(Outcome.MAX_STEPS);
        assertThat(of()).isEqualTo(Outcome.SUCCESS);
        try (TInt32 tensor = TInt32.vectorOf(0, 6)) {
            assertThat(Outcome.each(tensor)).containsExactly(Outcome.SUCCESS, Outcome.EVENT);
        }
    }

    @Test
    void otherTensorsAreRefused() {
        try (TFloat64 state = TFloat64.scalarOf(0)) {
            assertThatThrownBy(() -> Outcome.of(state))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Solution.outcome()");
        }
        try (TInt32 tensor = TInt32.scalarOf(77)) {
            assertThatThrownBy(() -> Outcome.of(tensor))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("77 is no outcome");
        }
    }
}
