package dev.odeon.models.grand;

import java.util.Arrays;

/**
 * A graph whose nodes are to be classified, as plain arrays.
 *
 * @param source node each directed edge leaves; an undirected edge is two directed ones; not copied
 * @param target node each edge reaches; not copied
 * @param features of the nodes
 * @param labels class of each node, from 0; not copied
 * @param classes number of classes
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data, handed on to tensors as it is.
public record NodeGraph(int[] source, int[] target, NodeFeatures features, int[] labels, int classes) {

    public NodeGraph {
        if (source.length != target.length) {
            throw new IllegalArgumentException(source.length + " sources were given for " + target.length
                    + " targets: give one of each for every edge");
        }
        int nodes = labels.length;
        if (features.rows() != nodes) {
            throw new IllegalArgumentException(features.rows() + " rows of features were given for " + nodes
                    + " labels: give one of each for every node");
        }
        for (int[] ends : new int[][] {source, target}) {
            for (int node : ends) {
                if (node < 0 || node >= nodes) {
                    throw new IllegalArgumentException(
                            "An edge ends at node " + node + ": give nodes from 0 to " + (nodes - 1));
                }
            }
        }
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "A node has label " + label + ": give labels from 0 to " + (classes - 1));
            }
        }
    }

    /** How many nodes there are. */
    public int nodes() {
        return labels.length;
    }

    /** How many directed edges there are. */
    public int edges() {
        return source.length;
    }

    /** The graph as settings want it: self-loops added, feature values replaced. */
    NodeGraph prepared(GrandSettings settings) {
        NodeGraph graph = settings.selfLoops() == SelfLoops.ADDED ? withSelfLoops() : this;
        return switch (settings.featureValues()) {
            case AS_GIVEN -> graph;
            case BINARY -> new NodeGraph(graph.source, graph.target, features.binary(), labels, classes);
        };
    }

    private NodeGraph withSelfLoops() {
        boolean[] has = new boolean[nodes()];
        for (int i = 0; i < edges(); i++) {
            has[source[i]] |= source[i] == target[i];
        }
        int next = edges();
        int[] newSource = Arrays.copyOf(source, next + nodes());
        int[] newTarget = Arrays.copyOf(target, next + nodes());
        for (int node = 0; node < nodes(); node++) {
            if (!has[node]) {
                newSource[next] = node;
                newTarget[next++] = node;
            }
        }
        return new NodeGraph(Arrays.copyOf(newSource, next), Arrays.copyOf(newTarget, next), features, labels, classes);
    }
}
