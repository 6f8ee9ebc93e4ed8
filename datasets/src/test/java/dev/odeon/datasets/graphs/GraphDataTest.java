package dev.odeon.datasets.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GraphDataTest {
    private final GraphData graph = SmallGraph.graph();

    @Test
    void symmetricHasEveryEdgeBothWaysOnceOrdered() {
        Edges edges = graph.symmetric().edges();
        assertThat(edges.source()).containsExactly(0, 0, 1, 1, 2, 2, 2, 4, 5);
        assertThat(edges.target()).containsExactly(1, 2, 0, 2, 0, 1, 2, 5, 4);
        assertThat(edges.weight()).containsExactly(1, 1, 1, 1, 1, 1, 1, 2, 2);
        assertThat(graph.undirectedEdges()).isEqualTo(4);
    }

    @Test
    void ofSeveralWeightsTheLargestIsKept() {
        Edges edges = new Edges(new int[] {0, 1, 0}, new int[] {1, 0, 1}, new float[] {0.5f, 3, 1}).symmetric(2);
        assertThat(edges.source()).containsExactly(0, 1);
        assertThat(edges.weight()).containsExactly(3, 3);
    }

    @Test
    void standardIsTheLargestComponentRenumbered() {
        GraphData standard = graph.standard();
        assertThat(standard.nodes()).isEqualTo(3);
        assertThat(standard.edges().count()).isEqualTo(6);
        assertThat(standard.labels()).containsExactly(0, 1, 2);
        assertThat(SmallGraph.dense(standard.features()).values()).containsExactly(1, 0, 0.5f, 0, 2, 0, 0, 0, 0);
        assertThat(standard.classes()).isEqualTo(3);
    }

    @Test
    void largestComponentDisregardsDirectionsAndKeepsTheOrder() {
        GraphData late = new GraphData(
                "late",
                Edges.unweighted(new int[] {5, 3, 0}, new int[] {3, 4, 1}),
                SparseFeatures.identity(6),
                new int[] {0, 0, 1, 1, 0, 1},
                2);
        GraphData component = late.largestComponent();
        assertThat(component.edges().source()).containsExactly(2, 0);
        assertThat(component.edges().target()).containsExactly(0, 1);
        assertThat(component.labels()).containsExactly(1, 0, 1);
        assertThat(((SparseFeatures) component.features()).indices()).containsExactly(3, 4, 5);
        assertThat(component.largestComponent()).isSameAs(component);
    }

    @Test
    void selfLoopsAreAddedWhereThereAreNone() {
        GraphData looped = graph.withSelfLoops(0.25f);
        assertThat(looped.edges().count()).isEqualTo(graph.edges().count() + 6);
        for (int i = 0; i < looped.edges().count(); i++) {
            if (looped.edges().source()[i] == looped.edges().target()[i]) {
                assertThat(looped.edges().weight()[i]).isEqualTo(looped.edges().source()[i] == 2 ? 1 : 0.25f);
            }
        }
        assertThat(looped.withSelfLoops(1).edges().count())
                .isEqualTo(looped.edges().count());
        assertThat(looped.withoutSelfLoops().edges().count()).isEqualTo(5);
        assertThat(looped.undirectedEdges()).isEqualTo(4);
        assertThatThrownBy(() -> graph.withSelfLoops(0)).hasMessageContaining("weight = 0.0");
    }

    @Test
    void featuresOfBothKindsSayTheSame() {
        DenseFeatures dense = SmallGraph.dense(graph.features());
        int[] rows = {6, 0, 0};
        assertThat(SmallGraph.dense(graph.features().select(rows)).values())
                .isEqualTo(dense.select(rows).values())
                .containsExactly(0, 0, 3, 1, 0, 0.5f, 1, 0, 0.5f);
    }

    @Test
    void columnsThatOccurTwiceAddUp() {
        SparseFeatures features = new SparseFeatures(new int[] {0, 2}, new int[] {1, 1}, new float[] {1, 2}, 2);
        assertThat(SmallGraph.dense(features).values()).containsExactly(0, 3);
    }

    @Test
    void inconsistentGraphsAreRefused() {
        Edges none = Edges.unweighted(new int[0], new int[0]);
        SparseFeatures two = SparseFeatures.identity(2);
        assertThatThrownBy(() -> new GraphData("g", none, two, new int[3], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 labels and 2 rows");
        assertThatThrownBy(() -> new GraphData("g", none, two, new int[] {0, 2}, 2))
                .hasMessageContaining("label 2");
        assertThatThrownBy(() -> new GraphData("g", Edges.unweighted(new int[] {0}, new int[] {2}), two, new int[2], 1))
                .hasMessageContaining("edge 0 from 0 to 2");
        assertThatThrownBy(() -> new Edges(new int[1], new int[1], new float[1]))
                .hasMessageContaining("weight 0.0");
        assertThatThrownBy(() -> new Edges(new int[2], new int[1], new float[1]))
                .hasMessageContaining("2, 1 and 1");
        assertThatThrownBy(() -> new SparseFeatures(new int[] {0, 1}, new int[] {5}, new float[1], 5))
                .hasMessageContaining("feature index 5");
        assertThatThrownBy(() -> new SparseFeatures(new int[] {0, 2, 1}, new int[1], new float[1], 5))
                .hasMessageContaining("offsets[2] = 1");
        assertThatThrownBy(() -> new DenseFeatures(new float[] {Float.NaN}, 1, 1))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new DenseFeatures(new float[5], 2, 2)).hasMessageContaining("5 numbers");
    }
}
