package dev.odeon.adjoint.backward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.adjoint.backward.BinomialSchedule.Action;
import dev.odeon.adjoint.backward.BinomialSchedule.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinomialScheduleTest {

    /** Carries the schedule out on numbers: a state is the number of the step before which it is. */
    private static void carryOut(int steps, int slots) {
        BinomialSchedule schedule = BinomialSchedule.of(steps, slots);
        assertThat(schedule.slots()).isLessThanOrEqualTo(slots);
        int[] rows = new int[schedule.slots() + 1];
        Arrays.fill(rows, -1);
        for (int step = 0; step < steps; step++) {
            rows[schedule.rowOfStep()[step]] = step;
        }
        int next = steps - 1;
        for (Action action : schedule.actions()) {
            assertThat(rows[action.from()]).isEqualTo(action.step());
            if (action.kind() == Kind.REVERSE) {
                assertThat(action.step()).isEqualTo(next--);
            } else {
                rows[action.to()] = action.step() + 1;
            }
        }
        assertThat(next).isEqualTo(-1);
    }

    /** The fewest steps by trying every place for the next checkpoint. */
    private static long[][] fewest(int steps, int slots) {
        long[][] best = new long[slots + 1][steps + 1];
        for (int s = 1; s <= slots; s++) {
            for (int n = 2; n <= steps; n++) {
                best[s][n] = (long) n * (n - 1) / 2;
                for (int k = 1; s > 1 && k < n; k++) {
                    best[s][n] = Math.min(best[s][n], k + best[s - 1][n - k] + best[s][k]);
                }
            }
        }
        return best;
    }

    @Test
    void everyStepIsReversedOnceInOrderFromTheStateBeforeIt() {
        for (int steps = 1; steps <= 60; steps++) {
            for (int slots = 1; slots <= 10; slots++) {
                carryOut(steps, slots);
            }
        }
    }

    @Test
    void noScheduleTakesFewerSteps() {
        long[][] fewest = fewest(120, 12);
        for (int steps = 1; steps <= 120; steps++) {
            for (int slots = 1; slots <= 12; slots++) {
                assertThat(BinomialSchedule.of(steps, slots).recomputedSteps() + steps - 1L)
                        .describedAs("%d steps, %d slots", steps, slots)
                        .isEqualTo(fewest[slots][steps]);
                assertThat(BinomialSchedule.optimum(steps, slots)).isEqualTo(fewest[slots][steps]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 14, 100})
    void tenThousandStepsAreNoTrouble(int slots) {
        carryOut(10_000, slots);
        assertThat(BinomialSchedule.of(10_000, slots).recomputedSteps() + 9_999L)
                .isEqualTo(BinomialSchedule.optimum(10_000, slots));
    }

    @Test
    void enoughSlotsNeedNoRepetition() {
        assertThat(BinomialSchedule.of(7, 7).recomputedSteps()).isZero();
        assertThat(BinomialSchedule.of(7, 6).recomputedSteps()).isZero();
        assertThat(BinomialSchedule.of(7, 5).recomputedSteps()).isEqualTo(1);
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> BinomialSchedule.of(0, 3)).hasMessageContaining("0 steps");
        assertThatThrownBy(() -> BinomialSchedule.of(3, 0)).hasMessageContaining("0 slots");
    }
}
