package dev.odeon.experiments.classification;

import dev.odeon.datasets.dynamics.PointCloud;
import dev.odeon.datasets.images.ImageSet;
import dev.odeon.graph.Floats;
import dev.odeon.models.training.data.BatchSource;
import dev.odeon.models.training.data.TensorRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Samples with their classes, under the names by which {@link ClassifierObjective} finds them.
 *
 * @param features as they are kept, [N, ...]; closed with the record
 * @param labels classes, [N]; closed with the record
 */
record LabelledRows(TType features, TInt32 labels) implements AutoCloseable {

    /** Points, as numbers. */
    static <T extends TFloating> LabelledRows of(PointCloud cloud, Class<T> type) {
        return new LabelledRows(
                Floats.tensor(type, Shape.of(cloud.labels().length, 2), cloud.points()), cloud.labelTensor());
    }

    /** Pictures, as bytes. */
    static LabelledRows of(ImageSet images) {
        return new LabelledRows(images.bytes(), images.labelTensor());
    }

    /** The rows. */
    BatchSource source() {
        Map<String, TType> columns = new LinkedHashMap<>();
        columns.put(ClassifierObjective.FEATURES, features);
        columns.put(ClassifierObjective.LABELS, labels);
        return TensorRows.of(columns);
    }

    /**
     * Rows in a graph.
     *
     * @param features as they are kept, [rows, ...]
     * @param labels [rows]
     */
    record InGraph(Operand<? extends TType> features, Operand<TInt32> labels) {}

    /** Adds all rows as constants. */
    InGraph constants(Ops tf) {
        return new InGraph(tf.constantOf(features), tf.constantOf(labels));
    }

    /** How many there are. */
    int count() {
        return (int) labels.shape().get(0);
    }

    @Override
    public void close() {
        features.close();
        labels.close();
    }
}
