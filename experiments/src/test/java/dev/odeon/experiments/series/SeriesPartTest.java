package dev.odeon.experiments.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.datasets.series.Series;
import dev.odeon.graph.Floats;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TType;

class SeriesPartTest {

    /** Inputs 0, 1, 2, ... and outputs 100, 101, 102, ... */
    private static Series counted(int length) {
        double[] values = IntStream.range(0, 2 * length)
                .mapToDouble(i -> (i - i % 2) / 2.0 + 100.0 * (i % 2))
                .toArray();
        return new Series(
                "counted",
                List.of("in", "out"),
                IntStream.range(0, length).mapToDouble(i -> i).toArray(),
                values);
    }

    /** Of 12 times there are two windows of 4 and 3: the second begins at 5 and needs the twelfth. */
    @Test
    void aDrivenWindowHasInputsOfBothEndsAndOutputsBefore() {
        SeriesPart part = SeriesPart.driven(counted(12), 4, 3, 5);
        Map<String, TType> columns = part.columns(TFloat64.class, 2);
        try {
            assertThat(read(columns, SeriesObjective.PAST)).containsExactly(100, 101, 102, 103, 105, 106, 107, 108);
            assertThat(read(columns, SeriesObjective.OBSERVED)).containsExactly(3, 4, 4, 5, 5, 6, 8, 9, 9, 10, 10, 11);
            assertThat(read(columns, SeriesObjective.NEXT)).containsExactly(104, 105, 106, 109, 110, 111);
            assertThat(read(columns, SeriesObjective.GAPS)).containsOnly(0.5).hasSize(6);
        } finally {
            columns.values().forEach(TType::close);
        }
        assertThat(SeriesPart.driven(counted(11), 4, 3, 5).observed().count()).isEqualTo(1);
    }

    private static double[] read(Map<String, TType> columns, String name) {
        return Floats.read(Objects.requireNonNull(columns.get(name)));
    }
}
