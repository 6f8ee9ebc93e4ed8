package dev.odeon.models.training.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void aRunTakesAboutASecond() {
        Pace pace = new Pace(1000);
        // The first run compiles.
        assertThat(pace.next(500)).isEqualTo(1);
        pace.took(1, 20);
        assertThat(pace.next(500)).isEqualTo(1);
        for (int expected : new int[] {4, 16, 64, 200, 200}) {
            int count = pace.next(500);
            pace.took(count, count * 0.005);
            assertThat(pace.next(500)).isEqualTo(expected);
        }
        pace.took(200, 4);
        assertThat(pace.next(500)).isEqualTo(50);
        assertThat(pace.next(3)).isEqualTo(3);
    }

    @Test
    void neverMoreThanThereMayBeAtOnce() {
        Pace pace = new Pace(5);
        pace.took(1, 0);
        assertThat(pace.next(500)).isEqualTo(4);
        pace.took(4, 1e-9);
        assertThat(pace.next(500)).isEqualTo(5);
        Pace single = new Pace(1);
        single.took(1, 1e-9);
        assertThat(single.next(500)).isEqualTo(1);
    }
}
