package dev.odeon.datasets.graphs;

import java.util.Arrays;
import java.util.Objects;

/**
 * A graph whose nodes carry features and a class label.
 *
 * <p>Graphs do not change: every method gives a new one. {@link #standard()} is what most papers on node classification
 * start from.
 *
 * @param name short name of the data set, for messages and files
 * @param edges directed edges between nodes 0 to N - 1
 * @param features one row per node, N rows
 * @param labels class of each node, of length N, from 0 to classes - 1; not copied
 * @param classes number of classes, 1 or more
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record GraphData(String name, Edges edges, Features features, int[] labels, int classes) {
    private static final int MOST_CLASSES = 1 << 20;

    public GraphData {
        Objects.requireNonNull(name, "name");
        if (classes < 1 || classes > MOST_CLASSES) {
            throw new IllegalArgumentException("classes = " + classes + ": give 1 to " + MOST_CLASSES);
        }
        int nodes = labels.length;
        if (nodes == 0 || features.rows() != nodes) {
            throw new IllegalArgumentException(
                    nodes + " labels and " + features.rows() + " rows of features: give one of each per node");
        }
        for (int i = 0; i < edges.count(); i++) {
            if (edges.source()[i] < 0
                    || edges.source()[i] >= nodes
                    || edges.target()[i] < 0
                    || edges.target()[i] >= nodes) {
                throw new IllegalArgumentException("edge " + i + " from " + edges.source()[i] + " to "
                        + edges.target()[i] + ": give nodes from 0 to " + (nodes - 1));
            }
        }
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("label " + label + ": give labels from 0 to " + (classes - 1));
            }
        }
    }

    /** {@return the number of nodes} */
    public int nodes() {
        return labels.length;
    }

    /** {@return the number of pairs of different nodes that are joined, whatever the direction} */
    public int undirectedEdges() {
        return edges.withoutLoops().symmetric(nodes()).count() / 2;
    }

    /** {@return this graph with every edge in both directions, once each, ordered; of two weights the larger is kept} */
    public GraphData symmetric() {
        return withEdges(edges.symmetric(nodes()));
    }

    /** {@return whether every edge is there once and in both directions, with the same weight} */
    public boolean isSymmetric() {
        return edges.isSymmetric();
    }

    /** {@return this graph without edges from a node to itself} */
    public GraphData withoutSelfLoops() {
        return withEdges(edges.withoutLoops());
    }

    /**
     * Adds an edge from each node to itself where there is none.
     *
     * @param weight weight of the new edges, finite and positive
     * @return the new graph
     */
    public GraphData withSelfLoops(float weight) {
        if (!(weight > 0) || Float.isInfinite(weight)) {
            throw new IllegalArgumentException("weight = " + weight + ": give a finite positive weight");
        }
        return withEdges(edges.withLoops(nodes(), weight));
    }

    /**
     * The largest set of nodes that are connected when directions are disregarded, with the edges between them.
     *
     * @return the new graph; its nodes keep their order and are numbered from 0, its classes stay as they are
     */
    public GraphData largestComponent() {
        int[] kept = largestComponentNodes();
        if (kept.length == nodes()) {
            return this;
        }
        int[] number = new int[nodes()];
        Arrays.fill(number, -1);
        int[] newLabels = new int[kept.length];
        for (int i = 0; i < kept.length; i++) {
            number[kept[i]] = i;
            newLabels[i] = labels[kept[i]];
        }
        int count = 0;
        int[] source = new int[edges.count()];
        int[] target = new int[edges.count()];
        float[] weight = new float[edges.count()];
        for (int i = 0; i < edges.count(); i++) {
            if (number[edges.source()[i]] >= 0) {
                source[count] = number[edges.source()[i]];
                target[count] = number[edges.target()[i]];
                weight[count++] = edges.weight()[i];
            }
        }
        return new GraphData(
                name,
                new Edges(Arrays.copyOf(source, count), Arrays.copyOf(target, count), Arrays.copyOf(weight, count)),
                features.select(kept),
                newLabels,
                classes);
    }

    /** {@return the nodes of the largest component by their numbers here, ascending} */
    public int[] largestComponentNodes() {
        return Components.largest(nodes(), edges);
    }

    /**
     * The form most papers use: symmetric, without self-loops, the largest component only.
     *
     * <p>Source: O. Shchur, M. Mumme, A. Bojchevski, S. Guennemann, Pitfalls of graph neural network evaluation, 2018.
     *
     * @return the new graph
     */
    public GraphData standard() {
        return symmetric().withoutSelfLoops().largestComponent();
    }

    /** {@return this graph with scaled weights} */
    public GraphData normalised(EdgeNormalisation normalisation) {
        return withEdges(normalisation.apply(edges, nodes()));
    }

    /** {@return the nodes with other edges between them} */
    public GraphData withEdges(Edges newEdges) {
        return new GraphData(name, newEdges, features, labels, classes);
    }
}
