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

    @Test
    void farFromZeroRoundedTimesLeaveNoSliverOfAStep() {
        // 1e9 + 0.7 is 4.8e-8 too large, and 1e9 + 0.3 is 1.2e-8 too small.
        TimeGrid grid = new FixedSteps(0.1).grid(SaveAt.times(1e9, 1e9 + 0.3, 1e9 + 0.7));
        assertThat(grid.count()).isEqualTo(7);
        assertThat(grid.sizes()).containsExactly(0.1);
        assertThat(grid.start(0)).isZero();
        assertThat(grid.saveIndices()).containsExactly(2, 2, 0, 2, 2, 2, 1);
        TimeGrid halves = new StepsPerInterval(2).grid(SaveAt.times(1e9, 1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3));
        assertThat(halves.sizes()).hasSize(1);
    }
}
