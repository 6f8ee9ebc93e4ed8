package dev.odeon.datasets.graphs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.TestData;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import dev.odeon.datasets.graphs.DenseFeatures;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.SmallGraph;
import dev.odeon.datasets.graphs.SparseFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ArrowGraphsTest {
    @TempDir
    Path folder;

    @Test
    void sparseGraphsComeBack() {
        ArrowGraphs.write(SmallGraph.graph(), folder);
        GraphData read = GraphFiles.read(folder);
        assertThat(SmallGraph.same(read, SmallGraph.graph())).isTrue();
        assertThat(read.features()).isInstanceOf(SparseFeatures.class);
        assertThat(read.name()).isEqualTo("small");
    }

    @Test
    void denseGraphsComeBack() {
        GraphData small = SmallGraph.graph();
        GraphData dense = new GraphData(
                "dense", small.edges(), SmallGraph.dense(small.features()), small.labels(), small.classes());
        ArrowGraphs.write(dense, folder.resolve("deep/down"));
        GraphData read = ArrowGraphs.read(folder.resolve("deep/down"));
        assertThat(SmallGraph.same(read, small)).isTrue();
        assertThat(read.features()).isInstanceOf(DenseFeatures.class);
    }

    @Test
    void aRealGraphComesBack() {
        GraphData cora = NpzGraphs.read(TestData.require("graphs/cora.npz")).standard();
        ArrowGraphs.write(cora, folder);
        assertThat(SmallGraph.same(ArrowGraphs.read(folder), cora)).isTrue();
    }

    @Test
    void tablesThatDoNotFitTogetherAreRefused() throws IOException {
        ArrowGraphs.write(SmallGraph.graph(), folder);
        Path edges = folder.resolve(ArrowGraphs.EDGES);
        Map<String, String> metadata = new HashMap<>(Map.of("name", "small", "nodes", "7"));

        writeEdges(edges, metadata, 7);
        assertRefused("edge 0 from 0 to 7");
        metadata.put("nodes", "8");
        writeEdges(edges, metadata, 1);
        assertRefused("nodes 8; expected 7");
        writeEdges(edges, Map.of(), 1);
        assertRefused("no 'name' in its metadata");
        Files.delete(edges);
        assertRefused("no such file");
    }

    @Test
    @Timeout(240)
    void damagedTablesAreRefusedOrGraphs() throws IOException {
        ArrowGraphs.write(SmallGraph.graph(), folder);
        for (String table : new String[] {ArrowGraphs.NODES, ArrowGraphs.EDGES}) {
            byte[] intact = Files.readAllBytes(folder.resolve(table));
            int refused = Fuzz.refused(
                    folder.resolve(table),
                    intact,
                    file -> assertThat(ArrowGraphs.read(folder).nodes()).isPositive());
            assertThat(refused).isBetween(Fuzz.FILES / 3, Fuzz.FILES - 1);
            Fuzz.cutShort(folder.resolve(table), intact, file -> ArrowGraphs.read(folder));
            Files.write(folder.resolve(table), intact);
        }
    }

    private static void writeEdges(Path path, Map<String, String> metadata, int target) {
        ArrowTableWriter.to(path)
                .metadata(metadata)
                .int32("source", new int[] {0})
                .int32("target", new int[] {target})
                .float32("weight", new float[] {1})
                .write();
    }

    private void assertRefused(String found) {
        assertThatThrownBy(() -> ArrowGraphs.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(found);
    }
}
