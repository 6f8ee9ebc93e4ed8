package dev.odeon.datasets.graphs;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which nodes a model is fitted on, which it is chosen by, and which it is judged by.
 *
 * @param train nodes whose labels the loss sees; not copied
 * @param validation nodes for stopping and for choosing settings; not copied
 * @param test nodes for the final figure; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data, handed on to tensors as it is.
public record Split(int[] train, int[] validation, int[] test) {
    public Split {
        BitSet seen = new BitSet();
        for (int[] part : new int[][] {train, validation, test}) {
            for (int node : part) {
                if (node < 0 || seen.get(node)) {
                    throw new IllegalArgumentException(
                            "node " + node + " in train, validation or test: give each node, from 0 on, once at most");
                }
                seen.set(node);
            }
        }
    }

    /**
     * The same split of a graph of which some nodes were kept.
     *
     * @param kept the nodes that were kept, ascending, as {@link GraphData#largestComponentNodes} tells them
     * @return the split by the new numbers, without the nodes that were dropped
     */
    public Split among(int[] kept) {
        return new Split(among(train, kept), among(validation, kept), among(test, kept));
    }

    private static int[] among(int[] part, int[] kept) {
        return Arrays.stream(part)
                .map(node -> Arrays.binarySearch(kept, node))
                .filter(place -> place >= 0)
                .toArray();
    }
}
