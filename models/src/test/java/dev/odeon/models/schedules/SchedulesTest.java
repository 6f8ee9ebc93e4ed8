package dev.odeon.models.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulesTest {

    @Test
    void cosineFallsFromTheRateToZero() {
        Schedule cosine = new Cosine(0.4);
        assertThat(cosine.rate(new Moment(1, 0, 1, 8))).isEqualTo(0.4);
        assertThat(cosine.rate(new Moment(5, 0, 1, 8))).isEqualTo(0.2, within(1e-15));
        assertThat(cosine.rate(new Moment(9, 0, 1, 8))).isZero();
    }

    @Test
    void plateauWaitsAndThenReduces() {
        ReduceOnPlateau schedule = new ReduceOnPlateau(1, 2, 0.5);
        double[] losses = {10, 9, 9, 9, 9, 8, 8.5, 8.5, 8.5};
        double[] rates = {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25};
        for (int i = 0; i < losses.length; i++) {
            schedule.observe(losses[i]);
            assertThat(schedule.rate(new Moment(i + 1, 0, 1, 9))).isEqualTo(rates[i]);
        }
    }

    @Test
    void plateauCountsWhatIsNotANumberAsBadAndRecovers() {
        ReduceOnPlateau schedule = new ReduceOnPlateau(1, 1, 0.5);
        double[] losses = {Double.NaN, 5, 4, Double.NaN, 3, Double.POSITIVE_INFINITY, Double.NaN};
        double[] rates = {1, 1, 1, 1, 1, 1, 0.5};
        for (int i = 0; i < losses.length; i++) {
            schedule.observe(losses[i]);
            assertThat(schedule.rate(new Moment(i + 1, 0, 1, 9))).isEqualTo(rates[i]);
        }
        assertThat(schedule.state()).containsEntry("best", 3.0);
    }

    @Test
    void plateauGoesOnFromItsState() {
        ReduceOnPlateau first = new ReduceOnPlateau(1, 1, 0.5);
        first.observe(3);
        first.observe(4);
        ReduceOnPlateau second = new ReduceOnPlateau(1, 1, 0.5);
        second.restore(first.state());
        second.observe(4);
        assertThat(second.rate(new Moment(4, 0, 1, 9))).isEqualTo(0.5);
    }

    @Test
    void refusesTheStateOfAnotherSchedule() {
        assertThatThrownBy(() -> new Constant(1).restore(Map.of("rate", 1.0))).hasMessageContaining("no state");
        assertThatThrownBy(() -> new ReduceOnPlateau(1, 1, 0.5).restore(Map.of()))
                .hasMessageContaining("needs rate");
    }

    @Test
    void refusesBadNumbers() {
        assertThatThrownBy(() -> new Constant(0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> new Cosine(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ReduceOnPlateau(1, -1, 0.5)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new ReduceOnPlateau(1, 1, 1)).hasMessageContaining("factor is 1.0");
    }

    @Test
    void warmUpGrowsLinearlyToTheRateOfTheScheduleBehindIt() {
        Schedule schedule = new WarmUp(new Constant(0.6), 6);
        double[] rates = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.6, 0.6};
        for (int i = 0; i < rates.length; i++) {
            // Across the border of two epochs of four batches.
            assertThat(schedule.rate(new Moment(1 + i / 4, i % 4, 4, 2))).isEqualTo(rates[i], within(1e-15));
        }
    }

    @Test
    void warmUpHandsOnWhatTheScheduleBehindItRemembers() {
        Schedule first = new WarmUp(new ReduceOnPlateau(1, 0, 0.5), 2);
        first.observe(3);
        first.observe(4);
        Schedule second = new WarmUp(new ReduceOnPlateau(1, 0, 0.5), 2);
        second.restore(first.state());
        assertThat(second.rate(new Moment(1, 0, 1, 9))).isEqualTo(0.25);
        assertThat(second.rate(new Moment(2, 0, 1, 9))).isEqualTo(0.5);
        assertThatThrownBy(() -> new WarmUp(new Constant(1), 0)).hasMessageContaining("0 iterations");
    }

    @Test
    void decayFallsWithEachIteration() {
        Schedule decay = new Decay(2, 0.5);
        assertThat(decay.rate(new Moment(1, 0, 2, 4))).isEqualTo(2);
        assertThat(decay.rate(new Moment(2, 1, 2, 4))).isEqualTo(0.25);
        assertThatThrownBy(() -> new Decay(1, 1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new Moment(0, 0, 1, 1)).hasMessageContaining("epoch 0");
    }
}
