package dev.odeon.models.grand;

/**
 * Which nodes are learned from, which choose the best epoch, and which the result is reported on.
 *
 * @param train not copied
 * @param validation not copied
 * @param test not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data, handed on to tensors as it is.
public record NodeSplit(int[] train, int[] validation, int[] test) {

    public NodeSplit {
        requireSome("train", train);
        requireSome("validation", validation);
        requireSome("test", test);
    }

    private static void requireSome(String name, int[] nodes) {
        if (nodes.length == 0) {
            throw new IllegalArgumentException("There are no " + name + " nodes: give at least one");
        }
    }

    void requireWithin(int nodes) {
        for (int[] part : new int[][] {train, validation, test}) {
            for (int node : part) {
                if (node < 0 || node >= nodes) {
                    throw new IllegalArgumentException("The split names node " + node
                            + ", but the graph has nodes 0 to " + (nodes - 1) + ": split this graph");
                }
            }
        }
    }
}
