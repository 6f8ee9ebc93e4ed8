package dev.odeon.datasets.graphs.files;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.graphs.DenseFeatures;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.Features;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Labels;
import dev.odeon.datasets.graphs.Offsets;
import dev.odeon.datasets.graphs.SparseFeatures;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.datasets.npz.NpyHeader;
import dev.odeon.datasets.npz.NpzFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Graphs in .npz archives laid out as in the "gnn-benchmark" collection.
 *
 * <p>Such an archive holds the adjacency matrix and the features as compressed sparse rows ({@code adj_data},
 * {@code adj_indices}, {@code adj_indptr}, {@code adj_shape}; the same with {@code attr_}, or a dense {@code attr_matrix})
 * and {@code labels}, whole numbers or texts, of which each different one is a class, in
 * ascending order. Anything else in it is left alone.
 *
 * <p>Source: O. Shchur, M. Mumme, A. Bojchevski, S. Guennemann, Pitfalls of graph neural network evaluation, 2018.
 */
public final class NpzGraphs {
    private static final String EXPECTED = "a graph with adj_*, attr_* and labels";
    private static final String REMEDY = "download or write the file again";

    private NpzGraphs() {}

    /**
     * Reads a graph as it stands in the file: directed, with self-loops, with all components.
     *
     * @param path the archive
     * @return the graph, named after the file; call {@link GraphData#standard()} for the usual form
     * @throws DataException if the file is missing, damaged, or not such a graph
     */
    public static GraphData read(Path path) {
        try (NpzFile npz = NpzFile.open(path)) {
            Labels labels = npz.holdsTexts("labels") ? Labels.of(npz.texts("labels")) : Labels.of(npz.ints("labels"));
            return new GraphData(name(path), edges(path, npz), features(path, npz), labels.classes(), labels.count());
        } catch (IllegalArgumentException e) {
            throw DataException.of(
                    path, e.getMessage() == null ? "numbers that disagree" : e.getMessage(), EXPECTED, REMEDY, e);
        }
    }

    /**
     * Reads the split that an archive brings along: {@code train_mask}, {@code val_mask} and {@code test_mask}, booleans of
     * one per node, or, of several splits, one row per node or per split.
     *
     * @param path the archive
     * @param number which of several splits, counted on from the first again behind the last
     * @return the split of the graph as it stands in the file, or empty if there is no {@code train_mask}
     * @throws DataException if the masks are damaged or do not fit the graph
     */
    public static Optional<Split> split(Path path, long number) {
        try (NpzFile npz = NpzFile.open(path)) {
            if (!npz.contains("train_mask")) {
                return Optional.empty();
            }
            int nodes = shape(path, npz, "adj_shape")[0];
            return Optional.of(new Split(
                    masked(path, npz, "train_mask", nodes, number),
                    masked(path, npz, "val_mask", nodes, number),
                    masked(path, npz, "test_mask", nodes, number)));
        } catch (IllegalArgumentException e) {
            throw DataException.of(path, "masks of one " + e.getMessage(), "a part for each node", REMEDY, e);
        }
    }

    private static int[] masked(Path path, NpzFile npz, String array, int nodes, long number) {
        List<Long> shape = npz.header(array).shape();
        int[] mask = npz.ints(array);
        int splits = nodes == 0 ? 0 : mask.length / nodes;
        boolean byNode = shape.equals(List.of((long) nodes)) || shape.equals(List.of((long) nodes, (long) splits));
        boolean bySplit = shape.equals(List.of((long) splits, (long) nodes));
        if (splits == 0 || !(byNode || bySplit)) {
            throw DataException.of(path, array + " of shape " + shape, nodes + " by the shape of the graph", REMEDY);
        }
        int which = (int) Math.floorMod(number, (long) splits);
        return IntStream.range(0, nodes)
                .filter(node -> mask[byNode ? node * splits + which : which * nodes + node] != 0)
                .toArray();
    }

    private static Edges edges(Path path, NpzFile npz) {
        int[] shape = shape(path, npz, "adj_shape");
        if (shape[0] != shape[1]) {
            throw DataException.of(path, "adj_shape " + Arrays.toString(shape), "a square matrix", REMEDY);
        }
        int[] offsets = offsets(path, npz, "adj_indptr", shape[0]);
        int[] columns = npz.ints("adj_indices");
        float[] weights = npz.floats("adj_data");
        Offsets.require("adj_indptr", offsets, columns.length);
        if (weights.length != columns.length) {
            throw DataException.of(
                    path, columns.length + " adj_indices and " + weights.length + " adj_data", EXPECTED, REMEDY);
        }
        int kept = 0;
        int[] source = new int[columns.length];
        int[] target = new int[columns.length];
        float[] weight = new float[columns.length];
        for (int row = 0; row < shape[0]; row++) {
            for (int i = offsets[row]; i < offsets[row + 1]; i++) {
                // A stored zero is no edge.
                if (weights[i] != 0) {
                    source[kept] = row;
                    target[kept] = columns[i];
                    weight[kept++] = weights[i];
                }
            }
        }
        return new Edges(Arrays.copyOf(source, kept), Arrays.copyOf(target, kept), Arrays.copyOf(weight, kept));
    }

    private static Features features(Path path, NpzFile npz) {
        if (npz.contains("attr_matrix")) {
            NpyHeader header = npz.header("attr_matrix");
            List<Long> shape = header.shape();
            float[] values = npz.floats("attr_matrix");
            if (shape.size() != 2 || shape.get(0) > Integer.MAX_VALUE || shape.get(1) > Integer.MAX_VALUE) {
                throw DataException.of(path, "attr_matrix of shape " + shape, "two dimensions", REMEDY);
            }
            return new DenseFeatures(
                    values, shape.get(0).intValue(), shape.get(1).intValue());
        }
        int[] shape = shape(path, npz, "attr_shape");
        int[] offsets = offsets(path, npz, "attr_indptr", shape[0]);
        return new SparseFeatures(offsets, npz.ints("attr_indices"), npz.floats("attr_data"), shape[1]);
    }

    private static int[] shape(Path path, NpzFile npz, String array) {
        int[] shape = npz.ints(array);
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw DataException.of(path, array + " " + Arrays.toString(shape), "two positive numbers", REMEDY);
        }
        return shape;
    }

    private static int[] offsets(Path path, NpzFile npz, String array, int rows) {
        int[] offsets = npz.ints(array);
        if (offsets.length - 1 != rows) {
            throw DataException.of(path, array + " of length " + offsets.length, (rows + 1L) + " by the shape", REMEDY);
        }
        return offsets;
    }

    private static String name(Path path) {
        String file = String.valueOf(path.getFileName());
        return file.endsWith(".npz") ? file.substring(0, file.length() - 4) : file;
    }
}
