package dev.odeon.datasets.graphs;

/** Finds connected components, disregarding the direction of edges. */
final class Components {
    private Components() {}

    /**
     * The nodes of the largest component, ascending; of several equally large ones, that with the smallest node.
     *
     * <p>Union by path halving, near-linear time. Source: R. E. Tarjan, J. van Leeuwen, Worst-case analysis of set union
     * algorithms, 1984.
     */
    static int[] largest(int nodes, Edges edges) {
        int[] parent = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            parent[node] = node;
        }
        for (int i = 0; i < edges.count(); i++) {
            int a = root(parent, edges.source()[i]);
            int b = root(parent, edges.target()[i]);
            parent[Math.max(a, b)] = Math.min(a, b);
        }
        int[] size = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            size[root(parent, node)]++;
        }
        int best = 0;
        for (int node = 1; node < nodes; node++) {
            if (size[node] > size[best]) {
                best = node;
            }
        }
        int[] members = new int[nodes == 0 ? 0 : size[best]];
        int next = 0;
        for (int node = 0; node < nodes; node++) {
            if (root(parent, node) == best) {
                members[next++] = node;
            }
        }
        return members;
    }

    private static int root(int[] parent, int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
