package dev.odeon.datasets.graphs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Mutations;
import dev.odeon.datasets.TestData;
import dev.odeon.datasets.graphs.DenseFeatures;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.SmallGraph;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.datasets.npz.NpzBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzGraphsTest {
    private static final int DAMAGED_FILES = 2000;
    private static final long MOST_HEAP = 16L << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "cora, 2708, 5429, 2485, 5069, 1433, 7",
        "citeseer, 3312, 4715, 2110, 3668, 3703, 6",
        "coauthor_cs, 18333, 163788, 18333, 81894, 6805, 15",
        "amazon_photo, 7650, 143663, 7487, 119043, 745, 8",
    })
    void realGraphsHaveTheCountsThatPapersPrint(
            String name, int rawNodes, int rawEdges, int nodes, int edges, int features, int classes) {
        GraphData raw = NpzGraphs.read(TestData.require("graphs/" + name + ".npz"));
        assertThat(raw.name()).isEqualTo(name);
        assertThat(raw.nodes()).isEqualTo(rawNodes);
        assertThat(raw.edges().count()).isEqualTo(rawEdges);
        GraphData graph = raw.standard();
        assertThat(graph.nodes()).isEqualTo(nodes);
        assertThat(graph.undirectedEdges()).isEqualTo(edges);
        assertThat(graph.edges().count()).isEqualTo(2 * edges);
        assertThat(graph.features().columns()).isEqualTo(features);
        assertThat(graph.classes()).isEqualTo(classes);
    }

    @Test
    void readsASmallGraph() throws IOException {
        for (byte[] archive :
                new byte[][] {SmallGraph.npz().compressed(), SmallGraph.npz().stored()}) {
            GraphData graph = GraphFiles.read(Files.write(folder.resolve("small.npz"), archive));
            assertThat(SmallGraph.same(graph, SmallGraph.graph())).isTrue();
            assertThat(graph.name()).isEqualTo("small");
        }
    }

    @Test
    void readsDenseFeatures() throws IOException {
        DenseFeatures dense = SmallGraph.dense(SmallGraph.graph().features());
        ByteBuffer bytes = ByteBuffer.allocate(21 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : dense.values()) {
            bytes.putDouble(value);
        }
        Path file = SmallGraph.npz()
                .array("attr_matrix", "<f8", "(7, 3)", bytes.array())
                .write(folder.resolve("d.npz"));
        assertThat(((DenseFeatures) NpzGraphs.read(file).features()).values()).isEqualTo(dense.values());
    }

    @Test
    void eachDifferentLabelIsAClass() throws IOException {
        for (int[] labels : new int[][] {
            {1, 2, 3, 1, 2, 2, 3}, {-1, 0, 2, -1, 0, 0, 2}, {7, 100, 2_000_000_000, 7, 100, 100, 2_000_000_000}
        }) {
            GraphData graph =
                    NpzGraphs.read(SmallGraph.npz().ints("labels", labels).write(folder.resolve("l.npz")));
            assertThat(graph.classes()).isEqualTo(3);
            assertThat(graph.labels()).containsExactly(0, 1, 2, 0, 1, 1, 2);
        }
        Path signs = SmallGraph.npz().ints("labels", -1, 1, 1, -1, 1, 1, -1).write(folder.resolve("s.npz"));
        assertThat(NpzGraphs.read(signs).labels()).containsExactly(0, 1, 1, 0, 1, 1, 0);
        Path texts = SmallGraph.npz()
                .array("labels", "|S3", "(7,)", "fooba\0zzzba\0fooba\0ba\0".getBytes(StandardCharsets.US_ASCII))
                .write(folder.resolve("t.npz"));
        assertThat(NpzGraphs.read(texts).labels()).containsExactly(1, 0, 2, 0, 1, 0, 0);
    }

    @Test
    void masksOfTheFileAreASplit() throws IOException {
        NpzBuilder builder = SmallGraph.npz()
                .array("train_mask", "|b1", "(7,)", new byte[] {1, 0, 0, 1, 0, 0, 0})
                .array("val_mask", "|b1", "(7, 2)", new byte[] {0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0})
                .array("test_mask", "|b1", "(2, 7)", new byte[] {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0});
        Path file = builder.write(folder.resolve("m.npz"));
        Split split = GraphFiles.split(file, 2).orElseThrow();
        assertThat(split.train()).containsExactly(0, 3);
        assertThat(split.validation()).containsExactly(2);
        assertThat(split.test()).containsExactly(6);
        assertThat(split.among(new int[] {0, 2, 6}).test()).containsExactly(2);
        assertThat(split.among(new int[] {0, 2, 6}).train()).containsExactly(0);
        assertThatThrownBy(() -> GraphFiles.split(file, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("node 0 in train, validation or test");
        Path bad = builder.array("val_mask", "|b1", "(6,)", new byte[6]).write(folder.resolve("b.npz"));
        assertThatThrownBy(() -> GraphFiles.split(bad, 0)).hasMessageContaining("val_mask of shape [6]");
        assertThat(GraphFiles.split(SmallGraph.npz().write(folder.resolve("n.npz")), 0))
                .isEmpty();
    }

    @Test
    void storedZerosAreNoEdges() throws IOException {
        Path file = SmallGraph.npz().floats("adj_data", 1, 1, 0, 1, 1, 0).write(folder.resolve("z.npz"));
        assertThat(NpzGraphs.read(file).edges().count()).isEqualTo(4);
    }

    @Test
    void graphsThatDoNotFitTogetherAreRefused() throws IOException {
        assertRefused(SmallGraph.npz().ints("adj_shape", 7, 8), "adj_shape [7, 8]");
        assertRefused(SmallGraph.npz().ints("adj_shape", 7), "adj_shape [7]");
        assertRefused(SmallGraph.npz().ints("adj_shape", 6, 6), "adj_indptr of length 8");
        assertRefused(SmallGraph.npz().ints("adj_indptr", 0, 1, 3, 2, 5, 6, 6, 6), "adj_indptr[3] = 2");
        assertRefused(SmallGraph.npz().ints("adj_indptr", 0, 1, 3, 5, 5, 6, 6, 9), "adj_indptr");
        assertRefused(SmallGraph.npz().ints("adj_indices", 1, 0, 2, 0, 2, 7), "edge 5 from 4 to 7");
        assertRefused(SmallGraph.npz().ints("adj_indices", 1, 0, 2, 0, 2, -1), "edge 5 from 4 to -1");
        assertRefused(SmallGraph.npz().floats("adj_data", 1, 1), "6 adj_indices and 2 adj_data");
        assertRefused(SmallGraph.npz().floats("adj_data", 1, 1, 1, 1, 1, -1), "weight -1.0");
        assertRefused(SmallGraph.npz().ints("attr_indices", 0, 2, 1, 3), "feature index 3");
        assertRefused(SmallGraph.npz().floats("attr_data", 1, 1, Float.NaN, 1), "NaN");
        assertRefused(SmallGraph.npz().ints("attr_shape", 8, 3), "attr_indptr of length 8");
        assertRefused(SmallGraph.npz().ints("labels", 0, 1, 2), "3 labels and 7 rows");
        assertRefused(SmallGraph.npz().ints("labels", 0, 1, 2, 0, 1, 1, -1), "label -1 beside 0 to 2");
        assertRefused(SmallGraph.npz().ints("labels", 0, 1, 2, 0, 1, 1, -2), "label -2");
        assertRefused(SmallGraph.npz().floats("labels", 0, 1, 2, 0, 1, 1, 2), "array 'labels' with type <f4");
        assertRefused(new NpzBuilder().ints("labels", 0), "arrays [labels]");
    }

    @Test
    @Timeout(240)
    void damagedFilesAreRefusedOrHarmless() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < DAMAGED_FILES; seed++) {
            NpzBuilder builder = SmallGraph.npz();
            byte[] intact = seed % 2 == 0 ? builder.compressed() : builder.stored();
            Path file = Mutations.place(folder.resolve("damaged.npz"), Mutations.damage(intact, seed));
            long before = Mutations.heapTaken();
            try {
                // Every byte of a number is under the checksum: what can be read is what was written.
                assertThat(SmallGraph.same(NpzGraphs.read(file), SmallGraph.graph()))
                        .as("seed %d", seed)
                        .isTrue();
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("damaged.npz");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " was met with " + e, e);
            }
            assertThat(Mutations.heapTaken() - before)
                    .as("heap for seed %d", seed)
                    .isLessThan(MOST_HEAP);
        }
        assertThat(refused).isBetween(DAMAGED_FILES / 3, DAMAGED_FILES - 1);
    }

    @Test
    void digestIsOfTheGraphNotOfItsPacking() throws IOException {
        Path plain = Files.write(folder.resolve("a.npz"), SmallGraph.npz().stored());
        Path packed = SmallGraph.npz()
                .array("labels", "|i1", "(7,)", new byte[] {0, 1, 2, 0, 1, 1, 2})
                .array("node_names", "|O", "(0,)", new byte[0])
                .write(folder.resolve("b.npz"));
        Path other = SmallGraph.npz().ints("labels", 0, 1, 2, 0, 1, 1, 1).write(folder.resolve("c.npz"));
        assertThat(GraphDigest.of(plain)).isEqualTo(GraphDigest.of(packed)).isNotEqualTo(GraphDigest.of(other));
    }

    private void assertRefused(NpzBuilder builder, String found) throws IOException {
        Path file = builder.write(folder.resolve("bad.npz"));
        assertThatThrownBy(() -> NpzGraphs.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad.npz")
                .hasMessageContaining(found);
    }
}
