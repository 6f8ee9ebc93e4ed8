package dev.odeon.models.training;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.models.training.data.BatchSource;
import dev.odeon.models.training.data.BatchWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The columns of a source in the graph: gathered from the device by row numbers, or fed.
 *
 * @param phase in which they are read
 * @param columns of the source, shapes of one row
 * @param size of a batch
 * @param home whether the rows lie on the device
 * @param weighting whether rows may be without weight
 */
record BatchColumns(Phase phase, List<TensorSpec> columns, int size, Home home, Weighting weighting) {

    /** The input that names the rows of a batch on the device. */
    static final String ROWS = "batch/rows";

    /** Where the rows lie. */
    enum Home {
        DEVICE,
        HOST
    }

    /** Whether all rows of a batch count alike. */
    enum Weighting {
        EQUAL,
        WEIGHTED
    }

    BatchColumns {
        columns = List.copyOf(columns);
    }

    static BatchColumns none(Phase phase) {
        return new BatchColumns(phase, List.of(), 1, Home.HOST, Weighting.EQUAL);
    }

    /** The name under which a column's rows lie on the device. */
    private String resident(String column) {
        return (phase == Phase.TRAINING ? "training/" : "evaluation/") + column;
    }

    /** All rows of a source under the names by which they lie on the device; the caller closes them. */
    Map<String, TType> residents(BatchSource source) {
        Map<String, TType> residents = new LinkedHashMap<>();
        if (home == Home.DEVICE && !columns.isEmpty()) {
            int[] all = new int[source.rows()];
            Arrays.setAll(all, row -> row);
            source.load(all).forEach((name, tensor) -> residents.put(resident(name), tensor));
        }
        return residents;
    }

    /** What lies on the device, without the rows of any source. */
    static Values shared(Values resident, BatchColumns... all) {
        Values shared = resident;
        for (BatchColumns columns : all) {
            if (columns.home() == Home.DEVICE) {
                for (TensorSpec column : columns.columns()) {
                    shared = shared.without(columns.resident(column.name()));
                }
            }
        }
        return shared;
    }

    /**
     * Adds the columns of a batch.
     *
     * @param resident what lies on the device
     * @param inputs by name; receives those of the batch, unless the objective has declared them
     */
    <T extends TFloating> Values add(Ops tf, Class<T> type, Values resident, Map<String, Placeholder<?>> inputs) {
        Values values = Values.empty();
        if (weighting == Weighting.WEIGHTED) {
            Placeholder<T> weights = tf.placeholder(type, Placeholder.shape(Shape.of(size)));
            inputs.put(BatchWeights.NAME, weights);
            values = values.withConstant(BatchWeights.NAME, weights);
        }
        if (columns.isEmpty()) {
            return values;
        }
        if (home == Home.HOST) {
            for (TensorSpec column : columns) {
                if (!inputs.containsKey(column.name())) {
                    Shape shape = Shape.of(size).append(column.shape());
                    Placeholder<?> placeholder = tf.placeholder(column.type(), Placeholder.shape(shape));
                    inputs.put(column.name(), placeholder);
                    values = values.withConstant(column.name(), placeholder);
                }
            }
            return values;
        }
        Placeholder<TInt32> rows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(size)));
        inputs.put(ROWS, rows);
        for (TensorSpec column : columns) {
            Operand<? extends TType> all = resident.get(resident(column.name()), column.type());
            values = values.withConstant(column.name(), tf.gather(all, rows, tf.constant(0)));
        }
        return values;
    }
}
