package dev.odeon.datasets.graphs.files;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.arrow.ArrowColumn;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import dev.odeon.datasets.graphs.DenseFeatures;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.Features;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Labels;
import dev.odeon.datasets.graphs.SparseFeatures;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Graphs as two Arrow tables in one folder.
 *
 * <p>{@code nodes.arrow} has one row per node: {@code label} int32, or a text,
 * of which each different one is a class in ascending order, and the features, either {@code features} fixed-size
 * list of float32, or, where zeros are left out, {@code feature_index} list of int32 and {@code feature_value} list of
 * float32. {@code edges.arrow} has one row per directed edge: {@code source} int32, {@code target} int32, {@code weight}
 * float32. The metadata of both holds the name and the numbers of nodes, features and classes.
 */
public final class ArrowGraphs {
    /** File name of the table of nodes. */
    public static final String NODES = "nodes.arrow";

    /** File name of the table of edges. */
    public static final String EDGES = "edges.arrow";

    private static final String REMEDY = "write the graph again";

    private ArrowGraphs() {}

    /**
     * Writes a graph.
     *
     * @param graph the graph
     * @param folder where the two files go; made where it is missing
     * @throws DataException if they cannot be written
     */
    public static void write(GraphData graph, Path folder) {
        Map<String, String> metadata = Map.of(
                "name", graph.name(),
                "nodes", Integer.toString(graph.nodes()),
                "features", Integer.toString(graph.features().columns()),
                "classes", Integer.toString(graph.classes()),
                "version", DatasetsVersion.current());
        ArrowTableWriter nodes =
                ArrowTableWriter.to(folder.resolve(NODES)).metadata(metadata).int32("label", graph.labels());
        if (graph.features() instanceof SparseFeatures sparse) {
            nodes.int32Lists("feature_index", sparse.offsets(), sparse.indices())
                    .float32Lists("feature_value", sparse.offsets(), sparse.values());
        } else if (graph.features() instanceof DenseFeatures dense) {
            nodes.float32("features", dense.values(), dense.columns());
        }
        nodes.write();
        ArrowTableWriter.to(folder.resolve(EDGES))
                .metadata(metadata)
                .int32("source", graph.edges().source())
                .int32("target", graph.edges().target())
                .float32("weight", graph.edges().weight())
                .write();
    }

    /**
     * Reads a graph.
     *
     * @param folder the folder of the two files
     * @return the graph as it was written
     * @throws DataException if a file is missing, damaged, or does not fit the other one
     */
    public static GraphData read(Path folder) {
        ArrowTable nodes = ArrowTable.open(folder.resolve(NODES));
        ArrowTable edges = ArrowTable.open(folder.resolve(EDGES));
        for (String key : new String[] {"name", "nodes"}) {
            if (!text(nodes, key).equals(text(edges, key))) {
                throw DataException.of(
                        edges.path(), key + " " + text(edges, key), text(nodes, key) + " as in " + NODES, REMEDY);
            }
        }
        try {
            return new GraphData(
                    text(nodes, "name"),
                    new Edges(
                            edges.column("source").ints(),
                            edges.column("target").ints(),
                            edges.column("weight").floats()),
                    features(nodes),
                    labels(nodes),
                    number(nodes, "classes"));
        } catch (IllegalArgumentException e) {
            throw DataException.of(
                    folder, e.getMessage() == null ? "tables that disagree" : e.getMessage(), "a graph", REMEDY, e);
        }
    }

    private static int[] labels(ArrowTable nodes) {
        ArrowColumn label = nodes.column("label");
        return label.holdsTexts() ? Labels.of(label.texts()).classes() : label.ints();
    }

    private static Features features(ArrowTable nodes) {
        if (nodes.has("features")) {
            return new DenseFeatures(
                    nodes.column("features").floats(),
                    nodes.rows(),
                    nodes.column("features").width());
        }
        int[] offsets = nodes.column("feature_index").listOffsets();
        if (!Arrays.equals(offsets, nodes.column("feature_value").listOffsets())) {
            throw DataException.of(
                    nodes.path(), "rows with more feature_index than feature_value, or less", "equally many", REMEDY);
        }
        return new SparseFeatures(
                offsets,
                nodes.column("feature_index").ints(),
                nodes.column("feature_value").floats(),
                number(nodes, "features"));
    }

    private static String text(ArrowTable table, String key) {
        String value = table.metadata().get(key);
        if (value == null) {
            throw DataException.of(table.path(), "no '" + key + "' in its metadata", "a table of a graph", REMEDY);
        }
        return value;
    }

    private static int number(ArrowTable table, String key) {
        try {
            return Integer.parseInt(text(table, key));
        } catch (NumberFormatException e) {
            throw DataException.of(
                    table.path(), key + " = '" + text(table, key) + "' in its metadata", "a number", REMEDY, e);
        }
    }
}
