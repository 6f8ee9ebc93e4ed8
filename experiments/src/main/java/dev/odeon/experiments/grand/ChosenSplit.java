package dev.odeon.experiments.grand;

import dev.odeon.datasets.graphs.Split;

/**
 * How the nodes of a graph are split.
 *
 * @param split the parts
 * @param rule by which they were chosen, in words
 */
record ChosenSplit(Split split, String rule) {}
