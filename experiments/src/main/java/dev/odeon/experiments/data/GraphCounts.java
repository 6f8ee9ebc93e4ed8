package dev.odeon.experiments.data;

import java.util.Map;
import java.util.Optional;

/**
 * What papers print about a graph: of most, the largest component, without direction and self-loops.
 *
 * <p>Sources: B. Chamberlain and others, GRAND: graph neural diffusion, 2021, table of data sets; M. Thorpe and others,
 * GRAND++: graph neural diffusion with a source term, 2022; for CiteSeer as an .npz archive O. Shchur and others, Pitfalls
 * of graph neural network evaluation, 2018; for ogbn-arxiv W. Hu and others, Open graph benchmark, 2020.
 *
 * @param nodes how many
 * @param edges pairs of nodes that are joined; for ogbn-arxiv directed edges
 * @param features numbers per node
 * @param classes different labels
 */
record GraphCounts(long nodes, long edges, long features, long classes) {
    private static final GraphCounts CORA = new GraphCounts(2485, 5069, 1433, 7);
    private static final Map<String, GraphCounts> PUBLISHED = Map.of(
            "cora", CORA,
            "citeseer", new GraphCounts(2110, 3668, 3703, 6),
            "coauthor-cs", new GraphCounts(18_333, 81_894, 6805, 15),
            "photo", new GraphCounts(7487, 119_043, 745, 8),
            "computers", new GraphCounts(13_381, 245_778, 767, 10),
            "planetoid-cora", CORA,
            "planetoid-citeseer", new GraphCounts(2120, 3679, 3703, 6),
            "planetoid-pubmed", new GraphCounts(19_717, 44_324, 500, 3),
            "ogbn-arxiv", new GraphCounts(169_343, 1_166_243, 128, 40));

    /** {@return what is printed about a data set, if it is known here} */
    static Optional<GraphCounts> published(String name) {
        return Optional.ofNullable(PUBLISHED.get(name));
    }
}
