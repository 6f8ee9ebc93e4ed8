package dev.odeon.datasets.graphs.rewiring;

import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.GraphData;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Joins every node also with the neighbours of its neighbours.
 *
 * <p>All weights become 1; self-loops are left out. The number of edges grows to the sum of squared degrees at most.
 */
public final class TwoHop {
    private TwoHop() {}

    /**
     * Rewires a graph.
     *
     * @param graph the graph; directions are followed
     * @return the graph with edges of one and two steps
     */
    public static GraphData rewire(GraphData graph) {
        Adjacency near = Adjacency.of(graph);
        EdgeRows.Row[] rows = new EdgeRows.Row[near.nodes()];
        IntStream.range(0, rows.length).parallel().forEach(node -> {
            BitSet reached = new BitSet(rows.length);
            for (int i = near.offset()[node]; i < near.offset()[node + 1]; i++) {
                int neighbour = near.target()[i];
                reached.set(neighbour);
                for (int k = near.offset()[neighbour]; k < near.offset()[neighbour + 1]; k++) {
                    reached.set(near.target()[k]);
                }
            }
            reached.clear(node);
            float[] ones = new float[reached.cardinality()];
            Arrays.fill(ones, 1);
            rows[node] = new EdgeRows.Row(reached.stream().toArray(), ones);
        });
        Edges edges = EdgeRows.of(rows);
        return graph.withEdges(edges);
    }
}
