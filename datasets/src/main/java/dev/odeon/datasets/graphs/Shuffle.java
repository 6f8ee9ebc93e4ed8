package dev.odeon.datasets.graphs;

import java.util.Random;

/** Puts numbers into a random order. */
final class Shuffle {
    private Shuffle() {}

    /** Shuffles, all orders equally likely. Source: R. Durstenfeld, Algorithm 235: random permutation, 1964. */
    static void inPlace(int[] numbers, Random random) {
        for (int i = 0; i < numbers.length; i++) {
            int other = random.nextInt(i + 1);
            int moved = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = moved;
        }
    }
}
