package dev.odeon.datasets.batches;

import dev.odeon.datasets.Seeds;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;

/**
 * Which rows make up which batch.
 *
 * <p>Depends on its numbers only: all workers that share a seed see the same order, and each takes its own part of it.
 *
 * @param size rows per batch, 1 or more
 * @param epochs how often every row is seen, 1 or more
 * @param order the order within an epoch
 * @param remainder what becomes of the last rows if they do not fill a batch
 * @param shard which part of the rows this worker takes
 */
public record BatchPlan(int size, int epochs, Order order, Remainder remainder, Shard shard) {
    /** The order of the rows within an epoch. */
    public sealed interface Order {}

    /** As they are stored. */
    public record Stored() implements Order {}

    /**
     * Shuffled, anew for every epoch.
     *
     * @param seed chooses the orders
     */
    public record Shuffled(long seed) implements Order {}

    /** What becomes of rows that do not fill a batch. */
    public enum Remainder {
        /** They make a smaller batch. */
        KEEP,
        /** They are left out of this epoch. */
        DROP
    }

    /**
     * One worker's part: every {@code count}-th row of the epoch's order, from {@code index} on.
     *
     * @param index the worker, 0 to count - 1
     * @param count number of workers, 1 or more
     */
    public record Shard(int index, int count) {
        public Shard {
            if (count < 1 || index < 0 || index >= count) {
                throw new IllegalArgumentException(
                        "shard " + index + " of " + count + ": give an index from 0 to count - 1");
            }
        }

        int rows(int all) {
            return all / count + (index < all % count ? 1 : 0);
        }
    }

    public BatchPlan {
        if (size < 1 || epochs < 1) {
            throw new IllegalArgumentException("size = " + size + ", epochs = " + epochs + ": give 1 or more of each");
        }
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(remainder, "remainder");
        Objects.requireNonNull(shard, "shard");
    }

    /** {@return one epoch in the order stored, the last batch smaller, for one worker} */
    public static BatchPlan of(int size) {
        return new BatchPlan(size, 1, new Stored(), Remainder.KEEP, new Shard(0, 1));
    }

    /** {@return this plan with another number of epochs} */
    public BatchPlan withEpochs(int epochs) {
        return new BatchPlan(size, epochs, order, remainder, shard);
    }

    /** {@return this plan with another order} */
    public BatchPlan withOrder(Order order) {
        return new BatchPlan(size, epochs, order, remainder, shard);
    }

    /** {@return this plan with another treatment of the last rows} */
    public BatchPlan withRemainder(Remainder remainder) {
        return new BatchPlan(size, epochs, order, remainder, shard);
    }

    /** {@return this plan for another worker} */
    public BatchPlan withShard(Shard shard) {
        return new BatchPlan(size, epochs, order, remainder, shard);
    }

    /** {@return the number of batches of one epoch over {@code rows} rows} */
    public int batchesPerEpoch(int rows) {
        int mine = shard.rows(rows);
        return mine / size + (remainder == Remainder.KEEP && mine % size > 0 ? 1 : 0);
    }

    /**
     * The rows of every batch of every epoch.
     *
     * @param rows number of rows there are
     * @return their indices, batch by batch
     */
    public Iterator<int[]> over(int rows) {
        int perEpoch = batchesPerEpoch(rows);
        return new Iterator<>() {
            private int[] current = new int[0];
            private int epoch;
            private int batch;

            @Override
            public boolean hasNext() {
                return perEpoch > 0 && epoch < epochs;
            }

            @Override
            public int[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all epochs are over");
                }
                if (batch == 0) {
                    current = epoch(rows, epoch);
                }
                int from = batch * size;
                int[] chosen = Arrays.copyOfRange(current, from, Math.min(from + size, current.length));
                if (++batch == perEpoch) {
                    batch = 0;
                    epoch++;
                }
                return chosen;
            }
        };
    }

    private int[] epoch(int rows, int epoch) {
        int[] all = new int[rows];
        Random random = order instanceof Shuffled shuffled ? Seeds.random(shuffled.seed(), epoch) : null;
        for (int i = 0; i < rows; i++) {
            int other = random == null ? i : random.nextInt(i + 1);
            all[i] = all[other];
            all[other] = i;
        }
        int[] mine = new int[shard.rows(rows)];
        for (int i = 0; i < mine.length; i++) {
            mine[i] = all[shard.index() + i * shard.count()];
        }
        return mine;
    }
}
