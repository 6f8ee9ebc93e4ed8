package dev.odeon.datasets.graphs.files;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.archives.FileTree;
import dev.odeon.datasets.csv.CsvRows;
import dev.odeon.datasets.graphs.DenseFeatures;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Labels;
import dev.odeon.datasets.graphs.Split;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a graph of the Open Graph Benchmark for the prediction of classes of nodes, such as ogbn-arxiv.
 *
 * <p>A zip archive, or the folder it was unpacked into, of compressed tables without names: {@code raw/num-node-list},
 * {@code raw/num-edge-list}, {@code raw/edge} (source, target), {@code raw/node-feat}, {@code raw/node-label}, and below
 * {@code split/SCHEME} the numbers of the nodes of {@code train}, {@code valid} and {@code test}, all {@code .csv.gz}.
 *
 * <p>Source: W. Hu and others, Open graph benchmark: datasets for machine learning on graphs, 2020.
 *
 * @param graph the graph as it stands in the files, directed
 * @param split the split of the benchmark
 */
public record OgbGraphs(GraphData graph, Split split) {
    private static final String LANDMARK = "raw/num-node-list.csv.gz";
    private static final long MOST_BYTES = 1L << 32;
    private static final int MOST_NODES = 1 << 26;
    private static final int MOST_FEATURES = 1 << 12;
    private static final String REMEDY = "fetch it again";

    /**
     * Reads a graph.
     *
     * @param path the archive or folder
     * @param scheme how the benchmark splits this graph, for example {@code time} for ogbn-arxiv
     * @return the graph and its split
     * @throws DataException if a table is missing or damaged, or they do not fit together
     */
    public static OgbGraphs read(Path path, String scheme) {
        try (FileTree files = FileTree.open(path, LANDMARK)) {
            return new Tables(path, files).read(scheme);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw DataException.of(
                    path, e.getMessage() == null ? "numbers that disagree" : e.getMessage(), "a graph", REMEDY, e);
        }
    }

    /** {@return whether a path is an archive or folder of such tables} */
    static boolean isOne(Path path) {
        if (!Files.exists(path)) {
            return path.toString().endsWith(".zip");
        }
        try {
            FileTree.open(path, LANDMARK).close();
            return true;
        } catch (DataException e) {
            return path.toString().endsWith(".zip"); // Whoever reads on says what is wrong with it.
        }
    }

    /** The tables of one graph. */
    private record Tables(Path path, FileTree files) {
        OgbGraphs read(String scheme) {
            int nodes = single(LANDMARK);
            int edges = single("raw/num-edge-list.csv.gz");
            IntLines source = new IntLines(edges);
            IntLines target = new IntLines(edges);
            fill("raw/edge.csv.gz", edges, 2, (line, values) -> {
                source.set(line, whole("raw/edge.csv.gz", values[0]));
                target.set(line, whole("raw/edge.csv.gz", values[1]));
            });
            IntLines label = new IntLines(nodes);
            fill("raw/node-label.csv.gz", nodes, 1, (line, values) -> {
                label.set(line, whole("raw/node-label.csv.gz", values[0]));
            });
            Labels labels = Labels.of(label.first(nodes));
            Edges joined = Edges.unweighted(source.first(edges), target.first(edges));
            GraphData graph =
                    new GraphData("ogbn-" + name(), joined, features(nodes), labels.classes(), labels.count());
            String folder = "split/" + scheme + "/";
            return new OgbGraphs(
                    graph,
                    new Split(
                            part(folder + "train.csv.gz", nodes),
                            part(folder + "valid.csv.gz", nodes),
                            part(folder + "test.csv.gz", nodes)));
        }

        private String name() {
            return String.valueOf(path.getFileName()).replace(".zip", "");
        }

        private DenseFeatures features(int nodes) {
            String table = "raw/node-feat.csv.gz";
            int columns = files.read(table, MOST_BYTES, in -> {
                int separators = 0;
                for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                    separators += c == ',' ? 1 : 0;
                    if (separators >= MOST_FEATURES) {
                        throw wrong(table, "more than " + MOST_FEATURES + " numbers in a line", "fewer");
                    }
                }
                return separators + 1;
            });
            FloatLines features = new FloatLines(nodes, columns);
            fill(table, nodes, columns, features::set);
            return new DenseFeatures(features.all(), nodes, columns);
        }

        private int single(String table) {
            int[] number = new int[1];
            fill(table, 1, 1, (line, values) -> number[0] = whole(table, values[0]));
            if (number[0] < 0 || number[0] > MOST_NODES) {
                throw wrong(table, "the number " + number[0], "0 to " + MOST_NODES);
            }
            return number[0];
        }

        private int[] part(String table, int nodes) {
            IntLines numbers = new IntLines(nodes);
            int count = files.read(
                    table,
                    MOST_BYTES,
                    in -> CsvRows.read(path, table, in, 1, (line, values) -> {
                        int node = whole(table, values[0]);
                        if (line >= nodes || node < 0 || node >= nodes) {
                            throw wrong(table, "node " + node + " in line " + (line + 1), "nodes below " + nodes);
                        }
                        numbers.set(line, node);
                    }));
            return numbers.first(count);
        }

        private void fill(String table, int lines, int columns, CsvRows.Sink sink) {
            int count = files.read(
                    table,
                    MOST_BYTES,
                    in -> CsvRows.read(path, table, in, columns, (line, values) -> {
                        if (line >= lines) {
                            throw wrong(table, "more than " + lines + " lines", "exactly as many");
                        }
                        sink.take(line, values);
                    }));
            if (count != lines) {
                throw wrong(table, count + " lines", lines + " lines");
            }
        }

        private int whole(String table, double value) {
            if (value != (int) value) {
                throw wrong(table, "the number " + value, "whole numbers");
            }
            return (int) value;
        }

        private DataException wrong(String table, String found, String expected) {
            return DataException.of(path, found + " in " + table, expected, REMEDY);
        }
    }
}
