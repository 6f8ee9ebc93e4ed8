package dev.odeon.datasets.graphs;

import dev.odeon.datasets.Seeds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Splits nodes at random: some for development, of which a few per class train and the rest validate; all others test.
 *
 * <p>The nodes for development depend on {@code developmentSeed} only, so that runs with different seeds can be tuned
 * without ever seeing the test nodes. Sources: O. Shchur, M. Mumme, A. Bojchevski, S. Guennemann, Pitfalls of graph neural
 * network evaluation, 2018; B. Chamberlain and others, GRAND: graph neural diffusion, 2021 (20 per class; 1500 nodes for
 * development, 5000 for Coauthor CS).
 *
 * @param labelsPerClass nodes of each class that train, 1 or more
 * @param developmentNodes nodes that train or validate
 * @param developmentSeed chooses the nodes for development
 */
public record SplitProtocol(int labelsPerClass, int developmentNodes, long developmentSeed) {
    public SplitProtocol {
        if (labelsPerClass < 1) {
            throw new IllegalArgumentException("labelsPerClass = " + labelsPerClass + ": give 1 or more");
        }
        if (developmentNodes < labelsPerClass) {
            throw new IllegalArgumentException("developmentNodes = " + developmentNodes
                    + ": give at least labelsPerClass * classes, for " + labelsPerClass + " per class");
        }
    }

    /** {@return 20 labels per class and {@code developmentNodes} nodes for development, chosen by the seed 0} */
    public static SplitProtocol of(int developmentNodes) {
        return new SplitProtocol(20, developmentNodes, 0);
    }

    /**
     * This protocol with another number of training nodes per class.
     *
     * <p>1, 2, 5, 10 and 20 are those of M. Thorpe and others, GRAND++: graph neural diffusion with a source term, 2022.
     *
     * @param labelsPerClass nodes of each class that train, 1 or more
     * @return the protocol
     */
    public SplitProtocol withLabelsPerClass(int labelsPerClass) {
        return new SplitProtocol(labelsPerClass, developmentNodes, developmentSeed);
    }

    /** {@return this protocol with another choice of the nodes for development} */
    public SplitProtocol withDevelopmentSeed(long developmentSeed) {
        return new SplitProtocol(labelsPerClass, developmentNodes, developmentSeed);
    }

    /**
     * Whether a graph is large enough: at least a fifth of its nodes remain to test, and among those for development there
     * are enough of each class.
     *
     * @param graph the graph
     * @return false if {@link ProportionalSplit} suits better
     */
    public boolean suits(GraphData graph) {
        if (5L * developmentNodes > 4L * graph.nodes()) {
            return false;
        }
        int[] count = new int[graph.classes()];
        int[] shuffled = shuffled(graph.nodes(), Seeds.random(developmentSeed, 0));
        for (int i = 0; i < developmentNodes; i++) {
            count[graph.labels()[shuffled[i]]]++;
        }
        return Arrays.stream(count).allMatch(each -> each >= labelsPerClass);
    }

    /**
     * Splits the nodes of a graph.
     *
     * @param graph the graph, after all nodes were dropped that should be
     * @param seed chooses the training nodes among those for development
     * @return the split, each part ascending
     * @throws IllegalArgumentException if the graph has too few nodes, or too few of a class among those for development
     */
    public Split split(GraphData graph, long seed) {
        int nodes = graph.nodes();
        if (developmentNodes > nodes) {
            throw new IllegalArgumentException("developmentNodes = " + developmentNodes + ": " + graph.name() + " has "
                    + nodes + " nodes, give that many or fewer");
        }
        int[] shuffled = shuffled(nodes, Seeds.random(developmentSeed, 0));
        int[] development = Arrays.copyOf(shuffled, developmentNodes);
        int[] test = Arrays.copyOfRange(shuffled, developmentNodes, nodes);
        // Sorted first, so that the training nodes do not depend on how the development nodes were found.
        Arrays.sort(development);
        Arrays.sort(test);
        BitSet train = chooseTrain(graph, development, Seeds.random(seed, 1));
        return new Split(
                train.stream().toArray(),
                Arrays.stream(development).filter(node -> !train.get(node)).toArray(),
                test);
    }

    private BitSet chooseTrain(GraphData graph, int[] development, Random random) {
        int[] left = new int[graph.classes()];
        Arrays.fill(left, labelsPerClass);
        BitSet train = new BitSet(graph.nodes());
        for (int i : shuffled(development.length, random)) {
            int label = graph.labels()[development[i]];
            if (left[label] > 0) {
                left[label]--;
                train.set(development[i]);
            }
        }
        for (int label = 0; label < left.length; label++) {
            if (left[label] > 0) {
                throw new IllegalArgumentException("labelsPerClass = " + labelsPerClass + ": class " + label + " of "
                        + graph.name() + " has only " + (labelsPerClass - left[label]) + " of the " + developmentNodes
                        + " nodes for development; ask for fewer labels or more such nodes");
            }
        }
        return train;
    }

    private static int[] shuffled(int count, Random random) {
        int[] order = IntStream.range(0, count).toArray();
        Shuffle.inPlace(order, random);
        return order;
    }
}
