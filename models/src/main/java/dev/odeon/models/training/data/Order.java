package dev.odeon.models.training.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * In which order an epoch goes through the rows.
 *
 * <p>It depends on nothing but its arguments and what the order was made with, so that a resumed run sees the same.
 */
@FunctionalInterface
public interface Order {

    /**
     * The rows of an epoch.
     *
     * @param rows how many there are
     * @param epoch from one
     * @return each number from 0 to rows - 1 once
     */
    int[] of(int rows, int epoch);

    /** As they lie, every epoch alike. */
    static Order asStored() {
        return (rows, epoch) -> IntStream.range(0, rows).toArray();
    }

    /** Shuffled anew in every epoch, by its number and a seed. */
    static Order shuffled(long seed) {
        return (rows, epoch) -> {
            // The epoch chooses a stream of its own: neighbouring seeds and epochs share nothing.
            SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + epoch).split();
            int[] order = IntStream.range(0, rows).toArray();
            for (int i = rows - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int moved = order[i];
                order[i] = order[other];
                order[other] = moved;
            }
            return order;
        };
    }
}
