package dev.odeon.datasets.graphs.rewiring;

import dev.odeon.datasets.graphs.Edges;
import java.util.Arrays;

/** Edges of one source after another, put together from rows that were computed in parallel. */
final class EdgeRows {
    private EdgeRows() {}

    /** The edges that leave one node. */
    @SuppressWarnings("ArrayRecordComponent") // Bulk data on its way into the edges.
    record Row(int[] target, float[] weight) {}

    static Edges of(Row[] rows) {
        int total = Arrays.stream(rows).mapToInt(row -> row.target().length).sum();
        int[] source = new int[total];
        int[] target = new int[total];
        float[] weight = new float[total];
        int next = 0;
        for (int node = 0; node < rows.length; node++) {
            int length = rows[node].target().length;
            Arrays.fill(source, next, next + length, node);
            System.arraycopy(rows[node].target(), 0, target, next, length);
            System.arraycopy(rows[node].weight(), 0, weight, next, length);
            next += length;
        }
        return new Edges(source, target, weight);
    }
}
