package dev.odeon.models.training.data;

import java.util.Arrays;

/**
 * The rows of one iteration.
 *
 * @param rows their numbers, as many as fit into a batch; not copied
 * @param count how many of them count: those behind fill up the last batch of an epoch
 */
public record Batch(int[] rows, int count) {

    public Batch {
        if (count < 1 || count > rows.length) {
            throw new IllegalArgumentException(
                    count + " rows of a batch of " + rows.length + " count: give 1 to " + rows.length);
        }
    }

    /**
     * A batch of an epoch.
     *
     * @param order of the epoch's rows
     * @param index of the batch, from zero
     * @param size of a batch; where fewer rows are left, the first of them is repeated
     */
    static Batch of(int[] order, int index, int size) {
        int from = index * size;
        int count = Math.min(size, order.length - from);
        int[] rows = Arrays.copyOfRange(order, from, from + size);
        if (count < size) {
            Arrays.fill(rows, count, size, rows[0]);
        }
        return new Batch(rows, count);
    }

    /** One for each row that counts, zero for the others. */
    public double[] weights() {
        double[] weights = new double[rows.length];
        Arrays.fill(weights, 0, count, 1);
        return weights;
    }
}
