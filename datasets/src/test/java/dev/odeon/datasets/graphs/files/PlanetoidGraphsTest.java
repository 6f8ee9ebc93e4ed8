package dev.odeon.datasets.graphs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.Mutations;
import dev.odeon.datasets.TestData;
import dev.odeon.datasets.graphs.GraphData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanetoidGraphsTest {
    private static final String[] ENDINGS = {"x", "y", "tx", "ty", "allx", "ally", "graph", "test.index"};

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"cora, 2708, 5278, 2485, 5069, 1433, 7, 140", "citeseer, 3327, 4552, 2120, 3679, 3703, 6, 120"})
    void realGraphsHaveTheCountsThatPapersPrint(
            String name, int allNodes, int allEdges, int nodes, int edges, int features, int classes, int train) {
        Path file = TestData.require("graphs/planetoid/ind." + name + ".graph");
        GraphData raw = GraphFiles.read(file);
        assertThat(raw.nodes()).isEqualTo(allNodes);
        assertThat(raw.undirectedEdges()).isEqualTo(allEdges);
        GraphData graph = raw.standard();
        assertThat(graph.nodes()).isEqualTo(nodes);
        assertThat(graph.undirectedEdges()).isEqualTo(edges);
        assertThat(graph.features().columns()).isEqualTo(features);
        assertThat(graph.classes()).isEqualTo(classes);
        PlanetoidGraphs read = PlanetoidGraphs.read(TestData.requireFolder("graphs/planetoid", "ind.cora.x"), name);
        assertThat(read.publicSplit().train()).hasSize(train);
        assertThat(read.publicSplit().validation()).hasSize(500);
        assertThat(read.publicSplit().test()).hasSize(1000);
        int[] perClass = new int[classes];
        for (int node : read.publicSplit().train()) {
            perClass[raw.labels()[node]]++;
        }
        assertThat(perClass).containsOnly(20);
    }

    @Test
    void theSameGraphInBothFormsHasTheSameLabelsPerClass() {
        GraphData npz = GraphFiles.read(TestData.require("graphs/cora.npz"));
        GraphData planetoid = GraphFiles.read(TestData.require("graphs/planetoid/ind.cora.graph"));
        int[] a = new int[7];
        int[] b = new int[7];
        for (int i = 0; i < 2708; i++) {
            a[npz.labels()[i]]++;
            b[planetoid.labels()[i]]++;
        }
        assertThat(a).containsExactlyInAnyOrder(b);
    }

    @Test
    @Timeout(240)
    void damagedFilesAreRefusedOrGraphs() throws IOException {
        for (String ending : ENDINGS) {
            Files.copy(TestData.require("graphs/planetoid/ind.cora." + ending), folder.resolve("ind.cora." + ending));
        }
        Files.writeString(folder.resolve("ind.cora.test.index"), "1708\n");
        assertThatThrownBy(() -> PlanetoidGraphs.read(folder, "cora"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ind.cora.test.index: 1 numbers from 1708 to 1708");
        Files.writeString(folder.resolve("ind.cora.test.index"), "1708\n".repeat(999) + "2147483647\n");
        assertThatThrownBy(() -> PlanetoidGraphs.read(folder, "cora"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("from 1708 to 2147483647");
        Files.writeString(folder.resolve("ind.cora.test.index"), "one\n");
        assertThatThrownBy(() -> PlanetoidGraphs.read(folder, "cora")).hasMessageContaining("not of numbers");
        int refused = Fuzz.refused(
                folder.resolve("ind.cora.test.index"),
                "1708\n1709\n".getBytes(StandardCharsets.UTF_8),
                file -> PlanetoidGraphs.read(folder, "cora"));
        assertThat(refused).isEqualTo(Fuzz.FILES);
    }

    @Test
    void oneListForManyNodesTakesNoMemory() throws IOException {
        for (String ending : ENDINGS) {
            Files.copy(TestData.require("graphs/planetoid/ind.cora." + ending), folder.resolve("ind.cora." + ending));
        }
        StringBuilder pickle = new StringBuilder("](" + "K\u0001".repeat(40_000) + "eq\u00000}(");
        for (int node = 0; node < 50_000; node++) {
            pickle.append("M")
                    .append((char) (node & 0xff))
                    .append((char) (node >> 8))
                    .append("h\u0000");
        }
        byte[] bytes = pickle.append("u.").toString().getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("ind.cora.graph"), bytes);
        long before = Mutations.heapTaken();
        assertThatThrownBy(() -> PlanetoidGraphs.read(folder, "cora"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ind.cora.graph: 2000000000 edges");
        assertThat(Mutations.heapTaken() - before).isLessThan(96L << 20);
    }
}
