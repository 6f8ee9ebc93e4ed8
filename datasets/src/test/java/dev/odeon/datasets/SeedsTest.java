package dev.odeon.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void equalSeedsGiveEqualNumbersOnEveryPlatform() {
        // A fixed value: data sets and splits must not change with a JDK or a release.
        assertThat(Seeds.random(1, 2).nextLong()).isEqualTo(Seeds.random(1, 2).nextLong());
        assertThat(Seeds.random(0, 0).nextInt(1000)).isEqualTo(805);
    }

    @Test
    void neighbouringSeedsAndStreamsHaveNothingInCommon() {
        double seeds = LongStream.range(0, 1000)
                .mapToDouble(seed -> Seeds.random(seed, 0).nextDouble())
                .average()
                .orElseThrow();
        double streams = LongStream.range(0, 1000)
                .mapToDouble(stream -> Seeds.random(0, stream).nextDouble())
                .average()
                .orElseThrow();
        // 1000 independent numbers have a mean of 0.5 with a deviation of 0.009; those of plain Random would be one
        // number.
        assertThat(seeds).isBetween(0.46, 0.54);
        assertThat(streams).isBetween(0.46, 0.54);
    }
}
