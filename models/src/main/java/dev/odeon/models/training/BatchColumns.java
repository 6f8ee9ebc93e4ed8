package dev.odeon.models.training;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.models.training.data.BatchSource;
import dev.odeon.models.training.data.BatchWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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

    /** Its own rows of what lies on the device. */
    Values own(Values resident) {
        Values own = Values.empty();
        if (home == Home.DEVICE) {
            for (TensorSpec column : columns) {
                String name = resident(column.name());
                own = own.withConstant(name, resident.get(name));
            }
        }
        return own;
    }

    /**
     * What is fed for a batch.
     *
     * @param type of the weights
     * @param declared inputs of the objective, which are fed in any case
     */
    List<TensorSpec> inputs(Class<? extends TFloating> type, Collection<String> declared) {
        List<TensorSpec> inputs = new ArrayList<>();
        if (weighting == Weighting.WEIGHTED) {
            inputs.add(new TensorSpec(BatchWeights.NAME, type, Shape.of(size), false));
        }
        if (columns.isEmpty()) {
            return inputs;
        }
        if (home == Home.DEVICE) {
            inputs.add(new TensorSpec(ROWS, TInt32.class, Shape.of(size), false));
            return inputs;
        }
        for (TensorSpec column : columns) {
            if (!declared.contains(column.name())) {
                inputs.add(new TensorSpec(
                        column.name(), column.type(), Shape.of(size).append(column.shape()), false));
            }
        }
        return inputs;
    }

    /**
     * Adds the columns of a batch.
     *
     * @param resident what lies on the device
     * @param fed the inputs
     * @return what the objective sees of them
     */
    Values values(Ops tf, Values resident, Values fed) {
        if (columns.isEmpty() || home == Home.HOST) {
            return fed;
        }
        Values values = fed.without(ROWS);
        Operand<TInt32> rows = fed.get(ROWS, TInt32.class);
        for (TensorSpec column : columns) {
            Operand<? extends TType> all = resident.get(resident(column.name()), column.type());
            values = values.withConstant(column.name(), tf.gather(all, rows, tf.constant(0)));
        }
        return values;
    }
}
