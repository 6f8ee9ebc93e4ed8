package dev.odeon.plots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecadeAxisTest {

    private static List<String> labels(double lower, double upper) {
        return DecadeAxis.labelled(lower, upper).stream().map(DecadeAxis::text).toList();
    }

    @Test
    void overSeveralDecadesThePowersOfTenAreLabelled() {
        assertThat(labels(0.007, 150)).containsExactly("0.01", "0.1", "1", "10", "100");
    }

    @Test
    void overAboutADecadeTwosAndFivesAreLabelledToo() {
        assertThat(labels(0.015, 0.3)).containsExactly("0.02", "0.05", "0.1", "0.2");
    }

    @Test
    void withinADecadeTheLabelsAreRoundNumbersAtEvenDistances() {
        assertThat(labels(0.0112, 0.0158)).containsExactly("0.012", "0.013", "0.014", "0.015");
        assertThat(labels(7.9, 12.3)).containsExactly("8", "9", "10", "11", "12");
    }

    @Test
    void overManyDecadesSomePowersAreLeftOut() {
        assertThat(labels(1e-20, 1e20)).hasSizeBetween(8, 16).contains("1", "1e-12");
    }

    @ParameterizedTest
    @CsvSource({"1e-7, 1e-7", "2.5e-5, 2.5e-5", "0.0001, 0.0001", "1, 1", "250, 250", "100000, 100000", "1e6, 1e6"})
    void numbersAreWrittenShort(double value, String text) {
        assertThat(DecadeAxis.text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0000001", "0.999, 1.001", "1e-30, 1e30", "3, 3.1"})
    void everyRangeHasLabels(double lower, double upper) {
        assertThat(DecadeAxis.labelled(lower, upper)).hasSizeBetween(2, 16).isSorted();
    }
}
