package dev.odeon.datasets.graphs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.datasets.TestData;
import dev.odeon.datasets.graphs.files.NpzGraphs;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

class GraphTensorsTest {
    @Test
    void tensorsHoldTheGraph() {
        GraphData graph = SmallGraph.graph();
        float[] expected = SmallGraph.dense(graph.features()).values();
        try (GraphTensors<TFloat32> narrow = GraphTensors.float32(graph);
                GraphTensors<TFloat64> wide = GraphTensors.float64(graph)) {
            assertThat(narrow.features().shape())
                    .isEqualTo(Shape.of(7, 3))
                    .isEqualTo(wide.features().shape());
            for (int i = 0; i < 7; i++) {
                assertThat(narrow.labels().getInt(i)).isEqualTo(graph.labels()[i]);
                for (int j = 0; j < 3; j++) {
                    assertThat(narrow.features().getFloat(i, j)).isEqualTo(expected[3 * i + j]);
                    assertThat(wide.features().getDouble(i, j)).isEqualTo(expected[3 * i + j]);
                }
            }
            assertThat(narrow.source().shape()).isEqualTo(Shape.of(6));
            for (int i = 0; i < 6; i++) {
                assertThat(wide.source().getInt(i)).isEqualTo(graph.edges().source()[i]);
                assertThat(wide.target().getInt(i)).isEqualTo(graph.edges().target()[i]);
                assertThat(wide.weight().getDouble(i)).isEqualTo(graph.edges().weight()[i]);
                assertThat(narrow.weight().getFloat(i)).isEqualTo(graph.edges().weight()[i]);
            }
        }
    }

    @Test
    void coraBecomesTensors() {
        GraphData cora =
                NpzGraphs.read(TestData.require("graphs/cora.npz")).standard().withSelfLoops(1);
        try (GraphTensors<TFloat32> tensors = GraphTensors.float32(cora)) {
            assertThat(tensors.features().shape()).isEqualTo(Shape.of(2485, 1433));
            assertThat(tensors.source().shape()).isEqualTo(Shape.of(2 * 5069 + 2485));
            assertThat(tensors.labels().shape()).isEqualTo(Shape.of(2485));
        }
    }
}
