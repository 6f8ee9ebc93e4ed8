package dev.odeon.datasets.graphs;

import dev.odeon.datasets.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Splits the nodes of each class by shares: a fifth tests, three fifths of the others train, and the rest validates.
 *
 * <p>For graphs that are too small for a count of labels per class. A class of few nodes trains first, validates next and
 * tests last. The test nodes depend on {@code developmentSeed} only. The shares are those of the files of H. Pei and others,
 * Geom-GCN: geometric graph convolutional networks, 2020: 48, 32 and 20 %.
 *
 * @param developmentSeed chooses the nodes that do not test
 */
public record ProportionalSplit(long developmentSeed) {
    private static final int TEST_ONE_IN = 5;
    private static final double TRAIN = 0.6;

    /**
     * Splits the nodes of a graph.
     *
     * @param graph the graph, after all nodes were dropped that should be
     * @param seed chooses the training nodes among those that do not test
     * @return the split, each part ascending
     * @throws IllegalArgumentException if no node is left to validate or to test
     */
    public Split split(GraphData graph, long seed) {
        Random development = Seeds.random(developmentSeed, 0);
        Random training = Seeds.random(seed, 1);
        IntStream.Builder train = IntStream.builder();
        IntStream.Builder validation = IntStream.builder();
        IntStream.Builder test = IntStream.builder();
        for (int label = 0; label < graph.classes(); label++) {
            int wanted = label;
            int[] nodes = IntStream.range(0, graph.nodes())
                    .filter(node -> graph.labels()[node] == wanted)
                    .toArray();
            int tested = nodes.length / TEST_ONE_IN;
            Shuffle.inPlace(nodes, development);
            Arrays.stream(nodes, 0, tested).forEach(test::add);
            int[] others = Arrays.copyOfRange(nodes, tested, nodes.length);
            // Sorted first, so that the training nodes do not depend on how the others were found.
            Arrays.sort(others);
            Shuffle.inPlace(others, training);
            int trained = (int) Math.ceil(TRAIN * others.length);
            Arrays.stream(others, 0, trained).forEach(train::add);
            Arrays.stream(others, trained, others.length).forEach(validation::add);
        }
        Split split = new Split(sorted(train), sorted(validation), sorted(test));
        if (split.validation().length == 0 || split.test().length == 0) {
            throw new IllegalArgumentException(graph.name() + " has " + graph.nodes() + " nodes of " + graph.classes()
                    + " classes, too few to validate and to test: give a graph with five nodes of a class at least");
        }
        return split;
    }

    private static int[] sorted(IntStream.Builder nodes) {
        return nodes.build().sorted().toArray();
    }
}
