package dev.odeon.datasets.formats;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.files.ArrowGraphs;
import dev.odeon.datasets.graphs.files.GraphFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A graph, in any form that {@link GraphFiles} reads.
 *
 * @param counted which of its forms the papers count
 * @param published what they print, if that is known
 */
public record GraphFormat(Counted counted, Optional<GraphCounts> published) implements DataFormat<GraphData> {
    /** What is counted. */
    public enum Counted {
        /** The largest component, symmetric and without self-loops. */
        STANDARD,
        /** All nodes and directed edges. */
        STORED
    }

    /** A graph of which papers count the largest component, as given here. */
    public static GraphFormat of(long nodes, long edges, long features, long classes) {
        return new GraphFormat(Counted.STANDARD, Optional.of(new GraphCounts(nodes, edges, features, classes)));
    }

    /** A graph of which papers count all nodes and directed edges, as given here. */
    public static GraphFormat ofStored(long nodes, long edges, long features, long classes) {
        return new GraphFormat(Counted.STORED, Optional.of(new GraphCounts(nodes, edges, features, classes)));
    }

    /** A graph of which no counts are known. */
    public static GraphFormat uncounted() {
        return new GraphFormat(Counted.STANDARD, Optional.empty());
    }

    @Override
    public DataKind<GraphData> kind() {
        return DataKind.GRAPH;
    }

    @Override
    public GraphData read(List<Path> files) {
        return GraphFiles.read(files.get(0));
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        GraphData stored = read(files);
        boolean asStored = counted == Counted.STORED;
        GraphData graph = asStored ? stored : stored.standard();
        long edges = asStored ? graph.edges().count() : graph.undirectedEdges();
        GraphCounts counts =
                new GraphCounts(graph.nodes(), edges, graph.features().columns(), graph.classes());
        GraphCounts expected = published.orElse(counts);
        return List.of(
                new Fact("nodes", counts.nodes(), expected.nodes()),
                new Fact("edges", counts.edges(), expected.edges()),
                new Fact("features", counts.features(), expected.features()),
                new Fact("classes", counts.classes(), expected.classes()),
                new Fact("nodes in the file", stored.nodes()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        ArrowGraphs.write(read(files), folder);
    }
}
