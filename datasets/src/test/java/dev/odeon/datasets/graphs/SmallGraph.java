package dev.odeon.datasets.graphs;

import dev.odeon.datasets.npz.NpzBuilder;
import java.util.Arrays;

/**
 * A graph small enough to check by hand.
 *
 * <p>Seven nodes; edges 0-1 (both ways), 1 to 2, 2 to 0, a loop at 2, 4-5 (one way), nothing at 3 and 6.
 */
public final class SmallGraph {
    private SmallGraph() {}

    /** {@return the graph of this class} */
    public static NpzBuilder npz() {
        return new NpzBuilder()
                .floats("adj_data", 1, 1, 1, 1, 1, 2)
                .ints("adj_indices", 1, 0, 2, 0, 2, 5)
                .ints("adj_indptr", 0, 1, 3, 5, 5, 6, 6, 6)
                .ints("adj_shape", 7, 7)
                .floats("attr_data", 1, 0.5f, 2, 3)
                .ints("attr_indices", 0, 2, 1, 2)
                .ints("attr_indptr", 0, 2, 3, 3, 3, 3, 3, 4)
                .ints("attr_shape", 7, 3)
                .ints("labels", 0, 1, 2, 0, 1, 1, 2);
    }

    /** {@return the graph of this class} */
    public static GraphData graph() {
        return new GraphData(
                "small",
                new Edges(new int[] {0, 1, 1, 2, 2, 4}, new int[] {1, 0, 2, 0, 2, 5}, new float[] {1, 1, 1, 1, 1, 2}),
                new SparseFeatures(
                        new int[] {0, 2, 3, 3, 3, 3, 3, 4}, new int[] {0, 2, 1, 2}, new float[] {1, 0.5f, 2, 3}, 3),
                new int[] {0, 1, 2, 0, 1, 1, 2},
                3);
    }

    /** {@return the same features, number by number} */
    public static DenseFeatures dense(Features features) {
        float[] values = new float[features.rows() * features.columns()];
        float[] row = new float[features.columns()];
        for (int i = 0; i < features.rows(); i++) {
            features.copyRow(i, row);
            System.arraycopy(row, 0, values, i * row.length, row.length);
        }
        return new DenseFeatures(values, features.rows(), features.columns());
    }

    /** {@return whether two graphs are alike in every number} */
    public static boolean same(GraphData a, GraphData b) {
        return a.classes() == b.classes()
                && Arrays.equals(a.labels(), b.labels())
                && Arrays.equals(a.edges().source(), b.edges().source())
                && Arrays.equals(a.edges().target(), b.edges().target())
                && Arrays.equals(a.edges().weight(), b.edges().weight())
                && a.features().columns() == b.features().columns()
                && Arrays.equals(
                        dense(a.features()).values(), dense(b.features()).values());
    }
}
