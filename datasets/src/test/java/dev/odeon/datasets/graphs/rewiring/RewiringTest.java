package dev.odeon.datasets.graphs.rewiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.TestData;
import dev.odeon.datasets.graphs.DenseFeatures;
import dev.odeon.datasets.graphs.EdgeNormalisation;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.KarateClub;
import dev.odeon.datasets.graphs.files.GraphFiles;
import dev.odeon.datasets.graphs.rewiring.DiffusionRewiring.Above;
import dev.odeon.datasets.graphs.rewiring.DiffusionRewiring.Largest;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class RewiringTest {
    private static GraphData line() {
        return new GraphData(
                        "line",
                        Edges.unweighted(new int[] {0, 1, 2}, new int[] {1, 2, 3}),
                        new DenseFeatures(new float[] {1, 0, 3, 1, 0, 2, 5, 5}, 4, 2),
                        new int[4],
                        1)
                .symmetric();
    }

    private static RealMatrix matrix(GraphData graph) {
        RealMatrix matrix = new Array2DRowRealMatrix(graph.nodes(), graph.nodes());
        for (int i = 0; i < graph.edges().count(); i++) {
            matrix.addToEntry(
                    graph.edges().source()[i],
                    graph.edges().target()[i],
                    graph.edges().weight()[i]);
        }
        return matrix;
    }

    @Test
    void twoHopsJoinNeighboursOfNeighbours() {
        GraphData graph = TwoHop.rewire(line());
        assertThat(graph.edges().source()).containsExactly(0, 0, 1, 1, 1, 2, 2, 2, 3, 3);
        assertThat(graph.edges().target()).containsExactly(1, 2, 0, 2, 3, 0, 1, 3, 1, 2);
    }

    @Test
    void nearestNeighboursAreThoseOfTheMetric() {
        // Distances squared from node 0 at (1, 0): 5, 5 and 41; angles: nearest is (3, 1), then (5, 5).
        Edges euclidean = new NearestNeighbours(2, NearestNeighbours.Metric.EUCLIDEAN)
                .rewire(line())
                .edges();
        assertThat(euclidean.source()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
        assertThat(euclidean.target()).containsExactly(1, 2, 0, 2, 0, 1, 1, 2);
        Edges cosine = new NearestNeighbours(2, NearestNeighbours.Metric.COSINE)
                .rewire(line())
                .edges();
        assertThat(cosine.target()).startsWith(1, 3);
        assertThatThrownBy(() -> new NearestNeighbours(4, NearestNeighbours.Metric.COSINE).rewire(line()))
                .hasMessageContaining("has 4 nodes");
    }

    @Test
    void diffusionAgreesWithTheInverseMatrix() {
        GraphData karate = KarateClub.load();
        int n = karate.nodes();
        double restart = 0.15;
        RealMatrix t = matrix(karate.withSelfLoops(1).normalised(EdgeNormalisation.SYMMETRIC));
        RealMatrix s = new LUDecomposition(
                        MatrixUtils.createRealIdentityMatrix(n).subtract(t.scalarMultiply(1 - restart)))
                .getSolver()
                .getInverse()
                .scalarMultiply(restart);
        GraphData all = new DiffusionRewiring(restart, 1e-10, new Above(1e-12)).rewire(karate);
        RealMatrix found = matrix(all);
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += s.getEntry(i, j);
            }
            for (int i = 0; i < n; i++) {
                assertThat(found.getEntry(i, j)).isCloseTo(s.getEntry(i, j) / sum, within(1e-6));
            }
        }
    }

    @Test
    void onlyTheLargestStayAndEachColumnSumsToOne() {
        GraphData graph = new DiffusionRewiring(0.05, 1e-8, new Largest(5)).rewire(KarateClub.load());
        assertThat(graph.edges().count()).isEqualTo(34 * 5);
        RealMatrix found = matrix(graph);
        for (int j = 0; j < 34; j++) {
            double sum = 0;
            for (double entry : found.getColumn(j)) {
                sum += entry;
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
        assertThatThrownBy(() -> new DiffusionRewiring(1, 1e-6, new Largest(1))).hasMessageContaining("restart = 1.0");
    }

    @Test
    void diffusionOfADirectedGraphIsRefused() {
        int[] there = {0, 1};
        int[] back = {1, 0};
        for (Edges directed : List.of(
                Edges.unweighted(new int[] {0}, new int[] {1}),
                Edges.unweighted(new int[] {0, 0}, new int[] {1, 1}),
                Edges.unweighted(new int[] {0, 1, 2}, new int[] {1, 2, 0}),
                new Edges(there, back, new float[] {1, 2}))) {
            GraphData graph = line().withEdges(directed);
            assertThat(graph.isSymmetric()).isFalse();
            assertThatThrownBy(() -> DiffusionRewiring.grand().rewire(graph))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line is directed")
                    .hasMessageContaining("call symmetric() first");
            assertThat(graph.symmetric().isSymmetric()).isTrue();
        }
        assertThat(line().withEdges(new Edges(there, back, new float[] {2, 2})).isSymmetric())
                .isTrue();
    }

    @Test
    void coraIsRewiredAsInGrand() {
        GraphData cora = GraphFiles.read(TestData.require("graphs/cora.npz")).standard();
        GraphData rewired = new DiffusionRewiring(0.05, 1e-4, new Largest(32)).rewire(cora);
        assertThat(rewired.edges().count()).isEqualTo(32 * 2485);
    }

    @Test
    void normalisationsSumToOneWhereTheyShould() {
        GraphData weighted = new GraphData(
                "w",
                new Edges(new int[] {0, 0, 1, 2}, new int[] {1, 2, 2, 0}, new float[] {1, 3, 2, 5}),
                line().features().select(new int[] {0, 1, 2}),
                new int[3],
                1);
        assertThat(weighted.normalised(EdgeNormalisation.ROW).edges().weight()).containsExactly(0.25f, 0.75f, 1, 1);
        assertThat(weighted.normalised(EdgeNormalisation.COLUMN).edges().weight())
                .containsExactly(1, 0.6f, 0.4f, 1);
        float[] symmetric = KarateClub.load()
                .normalised(EdgeNormalisation.SYMMETRIC)
                .edges()
                .weight();
        // Between the two leaders' friends 1 (degree 16) and 2 (degree 9).
        assertThat(symmetric[0]).isCloseTo((float) (1 / Math.sqrt(16 * 9)), within(1e-7f));
    }
}
