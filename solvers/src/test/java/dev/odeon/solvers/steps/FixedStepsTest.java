package dev.odeon.solvers.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FixedStepsTest {

    @Test
    void theLastStepBeforeAKeptTimeIsShortened() {
        TimeGrid grid = new FixedSteps(0.4).grid(SaveAt.times(0, 1, 1.4));
        assertThat(grid.count()).isEqualTo(4);
        assertThat(grid.starts()).containsExactly(0, 0.4, 0.8, 1);
        assertThat(grid.size(2)).isBetween(0.2 - 1e-12, 0.2 + 1e-12);
        assertThat(grid.sizeIndices()).containsExactly(0, 0, 1, 0);
        assertThat(grid.saveIndices()).containsExactly(2, 2, 0, 1);
    }

    @Test
    void moreStepsThanAGraphCanHoldAreRefused() {
        assertThatThrownBy(() -> new FixedSteps(1e-9).grid(SaveAt.end(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.0E-9")
                .hasMessageContaining("take larger steps");
        assertThatThrownBy(() -> new FixedSteps(1e-7).grid(SaveAt.times(0, 0.9, 1.8)))
                .hasMessageContaining("at most");
    }

    @Test
    void stepsThatAreNoStepsAreRefused() {
        for (double size : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new FixedSteps(size)).hasMessageContaining(String.valueOf(size));
        }
    }
}
