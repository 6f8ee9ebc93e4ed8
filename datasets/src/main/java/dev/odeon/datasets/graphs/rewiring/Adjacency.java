package dev.odeon.datasets.graphs.rewiring;

import dev.odeon.datasets.graphs.GraphData;

/** Who follows whom, by rows: the targets of node i are target[offset[i]] to target[offset[i + 1] - 1]. */
@SuppressWarnings("ArrayRecordComponent") // Bulk data that inner loops read.
record Adjacency(int[] offset, int[] target, double[] weight) {
    static Adjacency of(GraphData graph) {
        int nodes = graph.nodes();
        int count = graph.edges().count();
        int[] offset = new int[nodes + 1];
        for (int source : graph.edges().source()) {
            offset[source + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            offset[node + 1] += offset[node];
        }
        int[] next = offset.clone();
        int[] target = new int[count];
        double[] weight = new double[count];
        for (int i = 0; i < count; i++) {
            int at = next[graph.edges().source()[i]]++;
            target[at] = graph.edges().target()[i];
            weight[at] = graph.edges().weight()[i];
        }
        return new Adjacency(offset, target, weight);
    }

    int nodes() {
        return offset.length - 1;
    }

    double degree(int node) {
        double degree = 0;
        for (int i = offset[node]; i < offset[node + 1]; i++) {
            degree += weight[i];
        }
        return degree;
    }
}
