package dev.odeon.datasets.series;

import dev.odeon.datasets.NumpyRandom;
import dev.odeon.datasets.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Drops a share of the times at random, so that the rest is irregularly sampled.
 *
 * @param drop probability that a time is dropped, from 0 to below 1
 * @param seed chooses which
 */
public record IrregularSampling(double drop, long seed) {
    public IrregularSampling {
        if (!(drop >= 0 && drop < 1)) {
            throw new IllegalArgumentException("drop = " + drop + ": give a share from 0 to below 1");
        }
    }

    /**
     * Drops times of one series.
     *
     * @param series the series
     * @param stream tells the series of one set apart, for example its index
     * @return the series without the times dropped
     */
    public Series thin(Series series, long stream) {
        Random random = Seeds.random(seed, stream);
        return series.select(kept(series.length(), 1 - drop, random::nextDouble));
    }

    /** Each of {@code count} times is kept where its number of a NumPy generator is below {@code keep}. */
    static int[] bernoulli(int count, double keep, NumpyRandom random) {
        return kept(count, keep, random::nextDouble);
    }

    /** Exactly {@code kept} of {@code count} times, like numpy.random.choice without replacement, sorted. */
    static int[] exactly(int count, int kept, NumpyRandom random) {
        int[] chosen = Arrays.copyOf(random.permutation(count), kept);
        Arrays.sort(chosen);
        return chosen;
    }

    private static int[] kept(int count, double keep, DoubleSupplier random) {
        int[] kept = new int[count];
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (random.getAsDouble() < keep) {
                kept[next++] = i;
            }
        }
        return Arrays.copyOf(kept, next);
    }
}
