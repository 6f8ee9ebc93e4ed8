package dev.odeon.experiments.training.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.models.training.runs.EpochRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarTextTest {

    private static EpochRecord epoch(int number, double trainLoss, double validLoss) {
        return new EpochRecord(number, 1, trainLoss, validLoss, validLoss, 1, 0, 0, 0, 0, 0, Map.of());
    }

    @Test
    void showsEveryFigureUnderTheNumberOfItsEpoch() {
        BarText text = new BarText();
        assertThat(text.iteration(1, 0.5)).isEqualTo(" 1 train 5.0e-01");
        assertThat(text.epoch(epoch(1, 0.4, 0.3))).isEqualTo(" 1 train 4.0e-01, valid 3.0e-01");
        assertThat(text.iteration(2, 0.2)).isEqualTo(" 2 train 2.0e-01; 1 valid 3.0e-01");
        assertThat(text.epoch(epoch(2, 0.1, 0.05))).isEqualTo(" 2 train 1.0e-01, valid 5.0e-02");
    }
}
