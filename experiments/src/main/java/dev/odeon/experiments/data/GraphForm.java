package dev.odeon.experiments.data;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.files.ArrowGraphs;
import dev.odeon.datasets.graphs.files.GraphFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * A graph.
 *
 * @param name of the data set
 * @param counted which of its forms the papers count
 */
record GraphForm(String name, Counted counted) implements DataForm {
    /** What is counted. */
    enum Counted {
        /** The largest component, symmetric and without self-loops. */
        STANDARD,
        /** All nodes and directed edges. */
        STORED
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        GraphData stored = GraphFiles.read(files.get(0));
        boolean asStored = counted == Counted.STORED;
        GraphData graph = asStored ? stored : stored.standard();
        long edges = asStored ? graph.edges().count() : graph.undirectedEdges();
        GraphCounts counts =
                new GraphCounts(graph.nodes(), edges, graph.features().columns(), graph.classes());
        GraphCounts published = GraphCounts.published(name).orElse(counts);
        return List.of(
                new Fact("nodes", counts.nodes(), published.nodes()),
                new Fact("edges", counts.edges(), published.edges()),
                new Fact("features", counts.features(), published.features()),
                new Fact("classes", counts.classes(), published.classes()),
                new Fact("nodes in the file", stored.nodes()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        ArrowGraphs.write(GraphFiles.read(files.get(0)), folder);
    }
}
