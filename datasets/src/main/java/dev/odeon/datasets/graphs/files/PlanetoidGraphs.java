package dev.odeon.datasets.graphs.files;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Offsets;
import dev.odeon.datasets.graphs.SparseFeatures;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.datasets.pickle.PickleFile;
import dev.odeon.datasets.pickle.PickledArray;
import dev.odeon.datasets.pickle.PickledSparseMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads the planetoid form of Cora, CiteSeer and PubMed, with its public split.
 *
 * <p>Eight files {@code ind.NAME.x, y, tx, ty, allx, ally, graph, test.index}, all but the last Python pickles, which are
 * read without executing them. The nodes outside the test set come first; those of the test set stand in the order of
 * test.index. Numbers that test.index leaves out (CiteSeer has 15) are nodes without features and of class 0.
 *
 * <p>Source: Z. Yang, W. Cohen, R. Salakhutdinov, Revisiting semi-supervised learning with graph embeddings, 2016.
 *
 * @param graph the graph as it stands in the files: with self-loops, with all components
 * @param publicSplit 20 training nodes per class, 500 for validation, 1000 for testing
 */
public record PlanetoidGraphs(GraphData graph, Split publicSplit) {
    private static final int VALIDATION = 500;
    private static final int MOST_NODES = 1 << 24;
    private static final String REMEDY = "download all eight files again";

    /**
     * Reads a graph.
     *
     * @param folder the folder of the eight files
     * @param name the name in their names, for example {@code cora}
     * @return the graph and its split
     * @throws DataException if a file is missing or damaged, or they do not fit together
     */
    public static PlanetoidGraphs read(Path folder, String name) {
        Path about = folder.resolve("ind." + name + ".graph");
        try {
            return new Files8(folder, name).read();
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw DataException.of(
                    about, e.getMessage() == null ? "numbers that disagree" : e.getMessage(), "a graph", REMEDY, e);
        }
    }

    /** The eight files of one graph. */
    private record Files8(Path folder, String name) {
        private Path path(String ending) {
            return folder.resolve("ind." + name + "." + ending);
        }

        PlanetoidGraphs read() {
            PickledSparseMatrix rest = matrix("allx");
            PickledSparseMatrix test = matrix("tx");
            int[] testNodes = testNodes();
            int first = Arrays.stream(testNodes).min().orElseThrow();
            int last = Arrays.stream(testNodes).max().orElseThrow();
            if (first != rest.rows()
                    || testNodes.length != test.rows()
                    || last >= MOST_NODES
                    || Arrays.stream(testNodes).distinct().count() != testNodes.length) {
                throw DataException.of(
                        path("test.index"),
                        testNodes.length + " numbers from " + first + " to " + last,
                        "the " + test.rows() + " different numbers of the test nodes, from " + rest.rows() + " on",
                        REMEDY);
            }
            int nodes = last + 1;
            // Row of the stacked matrices for each node, or -1.
            int[] row = new int[nodes];
            Arrays.setAll(row, node -> node < first ? node : -1);
            for (int i = 0; i < testNodes.length; i++) {
                row[testNodes[i]] = first + i;
            }
            PickledArray restLabels = PickleFile.read(path("ally"), PickledArray.class);
            PickledArray testLabels = PickleFile.read(path("ty"), PickledArray.class);
            int classes = restLabels.shape().size() == 2 ? restLabels.shape().get(1) : 0;
            int[] labels = labels(restLabels, rest.rows(), testLabels, test.rows(), classes);
            int[] ofNodes = Arrays.stream(row).map(r -> r < 0 ? 0 : labels[r]).toArray();
            GraphData graph = new GraphData(name, edges(nodes), features(rest, test, row), ofNodes, classes);
            int train = PickleFile.read(path("y"), PickledArray.class).shape().get(0);
            int[] sorted = testNodes.clone();
            Arrays.sort(sorted);
            return new PlanetoidGraphs(
                    graph,
                    new Split(
                            IntStream.range(0, train).toArray(),
                            IntStream.range(train, Math.min(train + VALIDATION, first))
                                    .toArray(),
                            sorted));
        }

        private PickledSparseMatrix matrix(String ending) {
            return PickleFile.read(path(ending), PickledSparseMatrix.class);
        }

        private int[] testNodes() {
            Path file = path("test.index");
            try {
                int[] numbers = Files.readString(file)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray();
                if (numbers.length == 0) {
                    throw DataException.of(file, "no number", "one per line", REMEDY);
                }
                return numbers;
            } catch (IOException | NumberFormatException e) {
                throw DataException.of(file, "missing, or not of numbers (" + e + ")", "one per line", REMEDY, e);
            }
        }

        private int[] labels(PickledArray rest, int restRows, PickledArray test, int testRows, int classes) {
            if (!rest.shape().equals(List.of(restRows, classes))
                    || !test.shape().equals(List.of(testRows, classes))) {
                throw DataException.of(
                        path("ally"),
                        "labels of shapes " + rest.shape() + " and " + test.shape(),
                        "[" + restRows + ", C] and [" + testRows + ", C]",
                        REMEDY);
            }
            int[] labels = new int[restRows + testRows];
            int[] ofRest = rest.ints();
            int[] ofTest = test.ints();
            for (int r = 0; r < labels.length; r++) {
                labels[r] = r < restRows
                        ? hot(ofRest, r * classes, classes)
                        : hot(ofTest, (r - restRows) * classes, classes);
            }
            return labels;
        }

        private static int hot(int[] values, int from, int classes) {
            for (int c = 0; c < classes; c++) {
                if (values[from + c] != 0) {
                    return c;
                }
            }
            return 0;
        }

        private SparseFeatures features(PickledSparseMatrix rest, PickledSparseMatrix test, int[] row) {
            SparseFeatures of = stored(rest, "allx");
            SparseFeatures ofTest = stored(test, "tx");
            int[] offsets = new int[row.length + 1];
            for (int node = 0; node < row.length; node++) {
                int r = row[node];
                SparseFeatures from = r < rest.rows() ? of : ofTest;
                int at = r < rest.rows() ? r : r - rest.rows();
                offsets[node + 1] = offsets[node] + (r < 0 ? 0 : from.offsets()[at + 1] - from.offsets()[at]);
            }
            int[] indices = new int[offsets[row.length]];
            float[] values = new float[indices.length];
            for (int node = 0; node < row.length; node++) {
                if (row[node] >= 0) {
                    SparseFeatures from = row[node] < rest.rows() ? of : ofTest;
                    int at = from.offsets()[row[node] < rest.rows() ? row[node] : row[node] - rest.rows()];
                    int length = offsets[node + 1] - offsets[node];
                    System.arraycopy(from.indices(), at, indices, offsets[node], length);
                    System.arraycopy(from.values(), at, values, offsets[node], length);
                }
            }
            return new SparseFeatures(offsets, indices, values, rest.columns());
        }

        private SparseFeatures stored(PickledSparseMatrix matrix, String ending) {
            int[] offsets = matrix.offsets().ints();
            if (offsets.length - 1 != matrix.rows()) {
                throw DataException.of(
                        path(ending), offsets.length + " offsets", matrix.rows() + 1 + " by the shape", REMEDY);
            }
            Offsets.require("indptr", offsets, matrix.values().count());
            return new SparseFeatures(
                    offsets, matrix.indices().ints(), matrix.values().floats(), matrix.columns());
        }

        private Edges edges(int nodes) {
            Map<?, ?> lists = PickleFile.read(path("graph"), Map.class);
            int count = 0;
            for (Object neighbours : lists.values()) {
                count = Math.addExact(count, list(neighbours).size());
            }
            // Every number takes a byte at least, unless one list stands for the neighbours of many nodes.
            if (count > path("graph").toFile().length()) {
                throw DataException.of(path("graph"), count + " edges", "a list for each node", REMEDY);
            }
            int[] source = new int[count];
            int[] target = new int[count];
            int next = 0;
            for (int node = 0; node < nodes; node++) {
                Object neighbours = lists.get((long) node);
                for (Object neighbour : neighbours == null ? List.of() : list(neighbours)) {
                    if (!(neighbour instanceof Long number)) {
                        throw DataException.of(path("graph"), "a neighbour that is no number", "numbers", REMEDY);
                    }
                    source[next] = node;
                    target[next++] = Math.toIntExact(number);
                }
            }
            if (next != count) {
                throw DataException.of(path("graph"), "edges of unknown nodes", "nodes 0 to " + (nodes - 1), REMEDY);
            }
            return Edges.unweighted(source, target);
        }

        private List<?> list(Object value) {
            if (value instanceof List<?> list) {
                return list;
            }
            throw DataException.of(path("graph"), "a node without a list", "a list of neighbours", REMEDY);
        }
    }
}
