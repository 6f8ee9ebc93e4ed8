package dev.odeon.datasets.formats;

/**
 * What papers print about a graph: of most, the largest component, without direction and self-loops.
 *
 * <p>Sources of those in the catalogue: B. Chamberlain and others, GRAND: graph neural diffusion, 2021, table of data sets; M.
 * Thorpe and others, GRAND++: graph neural diffusion with a source term, 2022; for CiteSeer as an .npz archive O. Shchur and
 * others, Pitfalls of graph neural network evaluation, 2018; for ogbn-arxiv W. Hu and others, Open graph benchmark, 2020.
 *
 * @param nodes how many
 * @param edges pairs of nodes that are joined; directed edges where the graph is counted as stored
 * @param features numbers per node
 * @param classes different labels
 */
public record GraphCounts(long nodes, long edges, long features, long classes) {}
