package dev.odeon.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The expected numbers were printed by NumPy 2.4. */
class NumpyRandomTest {
    @Test
    void shufflesAndDrawsLikeNumpy() {
        NumpyRandom random = new NumpyRandom(125487);
        assertThat(random.permutation(10)).containsExactly(2, 7, 3, 9, 8, 6, 0, 5, 1, 4);
        assertThat(random.nextDouble()).isEqualTo(0.7575095224030796);
    }

    @Test
    void drawsNormalNumbersLikeNumpy() {
        NumpyRandom random = new NumpyRandom(1);
        assertThat(random.nextGaussian()).isEqualTo(1.6243453636632417);
        assertThat(random.nextGaussian()).isEqualTo(-0.6117564136500754);
        assertThat(random.nextGaussian()).isEqualTo(-0.5281717522634557);
        assertThat(random.permutation(7)).containsExactly(3, 5, 4, 0, 2, 1, 6);
    }

    @Test
    void longPermutationsNeedManyRefills() {
        assertThat(new NumpyRandom(42).permutation(4000)).startsWith(555, 3491, 527, 3925, 2989);
        assertThat(new NumpyRandom(0).permutation(1)).containsExactly(0);
        assertThat(new NumpyRandom(0).permutation(0)).isEmpty();
    }
}
