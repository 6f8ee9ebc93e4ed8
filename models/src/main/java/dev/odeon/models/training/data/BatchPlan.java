package dev.odeon.models.training.data;

import java.util.Objects;

/**
 * How an epoch is cut into batches.
 *
 * @param size rows of a batch, one or more
 * @param order in which the rows come
 * @param remainder what becomes of the last rows
 */
public record BatchPlan(int size, Order order, Remainder remainder) {

    public BatchPlan {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(remainder, "remainder");
        if (size < 1) {
            throw new IllegalArgumentException("The batch size is " + size + ": give 1 or more");
        }
    }

    /** As they lie, the last rows filled up. */
    public static BatchPlan of(int size) {
        return new BatchPlan(size, Order.asStored(), Remainder.PAD);
    }

    /** The same in another order. */
    public BatchPlan withOrder(Order other) {
        return new BatchPlan(size, other, remainder);
    }

    /** The same with another treatment of the last rows. */
    public BatchPlan withRemainder(Remainder other) {
        return new BatchPlan(size, order, other);
    }

    /**
     * How many batches an epoch has.
     *
     * @throws IllegalArgumentException if there is none
     */
    public int batches(int rows) {
        int full = rows / size;
        int batches = remainder == Remainder.DROP || rows % size == 0 ? full : full + 1;
        if (rows < 1) {
            throw new IllegalArgumentException("There are " + rows + " rows: give one or more");
        }
        if (batches < 1) {
            throw new IllegalArgumentException("A batch of " + size + " rows is more than the " + rows
                    + " there are: give at most " + rows + ", or Remainder.PAD");
        }
        return batches;
    }

    /** The batches of an epoch. */
    public Epoch epoch(int rows, int epoch) {
        int[] chosen = order.of(rows, epoch);
        if (chosen.length != rows) {
            throw new IllegalArgumentException("The order of epoch " + epoch + " has " + chosen.length
                    + " rows, but there are " + rows + ": name each row once");
        }
        return new Epoch(chosen, size, batches(rows));
    }

    /**
     * The batches of one epoch.
     *
     * @param order of its rows
     * @param size of a batch
     * @param batches how many there are
     */
    public record Epoch(int[] order, int size, int batches) {
        /** One of them, from zero. */
        public Batch batch(int index) {
            Objects.checkIndex(index, batches);
            return Batch.of(order, index, size);
        }
    }
}
