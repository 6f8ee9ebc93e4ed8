package dev.odeon.experiments.pde;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawsTest {

    private static List<Integer> order(long seed, int epoch) {
        return Arrays.stream(new Draws(seed).order(50, epoch)).boxed().toList();
    }

    @Test
    void noTwoIterationsOfNeighbouringSeedsDrawAlike() {
        Set<Long> first = new HashSet<>();
        Set<List<Integer>> orders = new HashSet<>();
        int draws = 0;
        for (long seed = 0; seed < 4; seed++) {
            for (int epoch = 1; epoch <= 60; epoch++) {
                orders.add(order(seed, epoch));
                for (int batch = 0; batch < 78; batch++) {
                    first.add(new Draws(seed).symmetries(epoch, batch).nextLong());
                    draws++;
                }
            }
        }
        assertThat(first).hasSize(draws);
        assertThat(orders).hasSize(4 * 60);
    }

    @Test
    void theSamePlaceDrawsTheSame() {
        assertThat(order(3, 7)).isEqualTo(order(3, 7));
        assertThat(new Draws(3).symmetries(7, 5).nextLong())
                .isEqualTo(new Draws(3).symmetries(7, 5).nextLong());
    }
}
