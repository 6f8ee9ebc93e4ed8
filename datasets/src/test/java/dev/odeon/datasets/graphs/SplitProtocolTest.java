package dev.odeon.datasets.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.TestData;
import dev.odeon.datasets.graphs.files.NpzGraphs;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitProtocolTest {
    /** 300 nodes in classes of 150, 100 and 50. */
    private static GraphData graph() {
        int[] labels = new int[300];
        Arrays.setAll(labels, i -> i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2);
        return new GraphData(
                "three", Edges.unweighted(new int[0], new int[0]), SparseFeatures.identity(300), labels, 3);
    }

    @Test
    void partsHaveTheirSizesAndCoverAllNodesOnce() {
        Split split = new SplitProtocol(5, 120, 0).split(graph(), 1);
        assertThat(split.train()).hasSize(15).isSorted();
        assertThat(split.validation()).hasSize(105).isSorted();
        assertThat(split.test()).hasSize(180).isSorted();
        assertThat(Stream.of(split.train(), split.validation(), split.test())
                        .flatMapToInt(Arrays::stream)
                        .sorted()
                        .toArray())
                .isEqualTo(IntStream.range(0, 300).toArray());
        int[] perClass = new int[3];
        for (int node : split.train()) {
            perClass[graph().labels()[node]]++;
        }
        assertThat(perClass).containsExactly(5, 5, 5);
    }

    @Test
    void seedsChooseTheTrainingNodesAndOnlyDevelopmentSeedsTheTestNodes() {
        SplitProtocol protocol = new SplitProtocol(5, 120, 0);
        Split one = protocol.split(graph(), 1);
        Split again = protocol.split(graph(), 1);
        Split two = protocol.split(graph(), 2);
        Split elsewhere = protocol.withDevelopmentSeed(1).split(graph(), 1);
        assertThat(again.train()).isEqualTo(one.train());
        assertThat(again.validation()).isEqualTo(one.validation());
        assertThat(two.train()).isNotEqualTo(one.train());
        assertThat(two.test()).isEqualTo(one.test());
        assertThat(elsewhere.test()).isNotEqualTo(one.test());
    }

    @Test
    void allNodesOfAClassAreEquallyLikelyToTrain() {
        int[] times = new int[300];
        SplitProtocol protocol = new SplitProtocol(10, 300, 0);
        for (int seed = 0; seed < 600; seed++) {
            for (int node : protocol.split(graph(), seed).train()) {
                times[node]++;
            }
        }
        // Counts of a few dozen: five standard deviations are at most five square roots of the mean.
        for (int node = 0; node < 300; node++) {
            int expected = new int[] {40, 60, 120}[graph().labels()[node]];
            assertThat(times[node]).isCloseTo(expected, within((int) (5 * Math.sqrt(expected))));
        }
    }

    @ParameterizedTest
    @CsvSource({"cora, 1500, 140, 1360, 985", "coauthor_cs, 5000, 300, 4700, 13333"})
    void realGraphsSplitByTheProtocolOfTheirPapers(String name, int development, int train, int validation, int test) {
        GraphData graph =
                NpzGraphs.read(TestData.require("graphs/" + name + ".npz")).standard();
        Split split = SplitProtocol.of(development).split(graph, 0);
        assertThat(split.train()).hasSize(train);
        assertThat(split.validation()).hasSize(validation);
        assertThat(split.test()).hasSize(test);
    }

    @Test
    void saysWhatIsTooMuch() {
        assertThatThrownBy(() -> SplitProtocol.of(301).split(graph(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("developmentNodes = 301")
                .hasMessageContaining("three has 300 nodes");
        assertThatThrownBy(() -> new SplitProtocol(60, 200, 0).split(graph(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class 2 of three has only");
        assertThatThrownBy(() -> new SplitProtocol(0, 10, 0)).hasMessageContaining("labelsPerClass = 0");
        assertThatThrownBy(() -> new Split(new int[] {1}, new int[] {1}, new int[0]))
                .hasMessageContaining("node 1");
    }

    @Test
    void smallGraphsAreSplitByShares() {
        GraphData graph = graph();
        Split split = new ProportionalSplit(0).split(graph, 1);
        assertThat(split.train().length + split.validation().length + split.test().length)
                .isEqualTo(graph.nodes());
        for (int label = 0; label < graph.classes(); label++) {
            int wanted = label;
            long all =
                    Arrays.stream(graph.labels()).filter(each -> each == wanted).count();
            long test = Arrays.stream(split.test())
                    .filter(node -> graph.labels()[node] == wanted)
                    .count();
            long train = Arrays.stream(split.train())
                    .filter(node -> graph.labels()[node] == wanted)
                    .count();
            assertThat(test).isEqualTo(all / 5);
            assertThat(train).isEqualTo((long) Math.ceil(0.6 * (all - test)));
        }
        assertThat(new ProportionalSplit(0).split(graph, 2).test()).isEqualTo(split.test());
        assertThat(new ProportionalSplit(0).split(graph, 2).train()).isNotEqualTo(split.train());
        assertThat(new ProportionalSplit(1).split(graph, 1).test()).isNotEqualTo(split.test());
    }

    @Test
    void aProtocolSuitsLargeGraphsOnly() {
        assertThat(new SplitProtocol(5, 120, 0).suits(graph())).isTrue();
        assertThat(SplitProtocol.of(1500).suits(graph())).isFalse();
        assertThat(new SplitProtocol(60, 200, 0).suits(graph())).isFalse();
    }
}
