package dev.odeon.datasets;

import java.util.Random;

/**
 * Random numbers that a seed determines on every machine and every JDK.
 *
 * <p>{@link Random} fixes its algorithm in its specification, but its first numbers are nearly the same for neighbouring
 * seeds. Seeds are therefore mixed before they reach it.
 */
public final class Seeds {
    private Seeds() {}

    /**
     * Makes a generator.
     *
     * @param seed the seed the user chose
     * @param stream tells apart the generators that one seed has to feed, for example one per trajectory
     * @return a generator that depends on both numbers only
     */
    public static Random random(long seed, long stream) {
        return new Random(mix(mix(seed) + stream));
    }

    // The finaliser of SplitMix64: G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators,
    // 2014.
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
