package dev.odeon.datasets.graphs;

import java.util.function.Function;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A graph as tensors, for N nodes with F features and E directed edges.
 *
 * <p>Owns the tensors: close it when the session has been fed for the last time. The features are dense, so Coauthor CS
 * takes 500 MB as float32 and twice that as float64.
 *
 * @param <T> type of the features and weights
 * @param features of shape [N, F]
 * @param source where the edges begin, of shape [E]
 * @param target where they end, of shape [E]
 * @param weight weights of the edges, of shape [E]
 * @param labels classes of the nodes, of shape [N]
 */
public record GraphTensors<T extends TFloating>(T features, TInt32 source, TInt32 target, T weight, TInt32 labels)
        implements AutoCloseable {
    /**
     * Makes tensors with float32 features.
     *
     * @param graph the graph
     * @return its tensors, to be closed by the caller
     */
    public static GraphTensors<TFloat32> float32(GraphData graph) {
        return of(graph, GraphTensors::features32, TFloat32::vectorOf);
    }

    /**
     * Makes tensors with float64 features.
     *
     * @param graph the graph
     * @return its tensors, to be closed by the caller
     */
    public static GraphTensors<TFloat64> float64(GraphData graph) {
        return of(graph, GraphTensors::features64, weight -> TFloat64.vectorOf(widened(weight)));
    }

    @Override
    public void close() {
        features.close();
        source.close();
        target.close();
        weight.close();
        labels.close();
    }

    private static <T extends TFloating> GraphTensors<T> of(
            GraphData graph, Function<Features, T> features, Function<float[], T> weight) {
        return new GraphTensors<>(
                features.apply(graph.features()),
                TInt32.vectorOf(graph.edges().source()),
                TInt32.vectorOf(graph.edges().target()),
                weight.apply(graph.edges().weight()),
                TInt32.vectorOf(graph.labels()));
    }

    private static TFloat32 features32(Features features) {
        float[] row = new float[features.columns()];
        return TFloat32.tensorOf(shape(features), tensor -> {
            var memory = tensor.asRawTensor().data().asFloats();
            for (int i = 0; i < features.rows(); i++) {
                features.copyRow(i, row);
                memory.offset((long) i * row.length).write(row);
            }
        });
    }

    private static TFloat64 features64(Features features) {
        float[] row = new float[features.columns()];
        return TFloat64.tensorOf(shape(features), tensor -> {
            var memory = tensor.asRawTensor().data().asDoubles();
            for (int i = 0; i < features.rows(); i++) {
                features.copyRow(i, row);
                memory.offset((long) i * row.length).write(widened(row));
            }
        });
    }

    private static Shape shape(Features features) {
        return Shape.of(features.rows(), features.columns());
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
