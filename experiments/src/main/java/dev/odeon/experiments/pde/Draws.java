package dev.odeon.experiments.pde;

import dev.odeon.datasets.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The random choices of a training.
 *
 * <p>Every epoch's order and every iteration's symmetries have a generator of their own, so that they depend on nothing
 * but the seed and their place: a resumed run draws the same.
 */
record Draws(long seed) {

    /** The order of an epoch: the numbers of its windows. */
    int[] order(int windows, int epoch) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, windows).boxed().toList());
        Collections.shuffle(order, generator(epoch, 0));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The generator of an iteration's symmetries. */
    Random symmetries(int epoch, int batch) {
        return generator(epoch, 1 + batch);
    }

    /** Place 0 of an epoch is its order, the others its iterations. */
    private Random generator(int epoch, int place) {
        return Seeds.random(seed, (long) epoch << Integer.SIZE | place);
    }
}
