package dev.odeon.models.training;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.models.training.data.Batch;
import dev.odeon.models.training.data.BatchSource;
import dev.odeon.models.training.data.BatchWeights;
import dev.odeon.models.training.data.LoadedAhead;
import dev.odeon.models.training.data.Placement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** Makes the tensors that a batch is fed as: row numbers where the rows lie on the device, else the rows. */
final class Feeder<T extends TFloating> implements AutoCloseable {

    private final Class<T> type;
    private final BatchSource source;
    private final BatchColumns columns;
    private final LoadedAhead loaded;

    /** Columns that the objective declares as inputs are fed in any case. */
    Feeder(
            Phase phase,
            Objective<T> objective,
            BatchSource source,
            int size,
            Placement placement,
            BatchColumns.Weighting weighting) {
        this.type = objective.type();
        this.source = source;
        List<String> inputs = objective.inputs().stream().map(TensorSpec::name).toList();
        boolean fed = source.columns().stream().anyMatch(column -> inputs.contains(column.name()));
        this.columns = source.columns().isEmpty()
                ? BatchColumns.none(phase)
                : new BatchColumns(
                        phase,
                        source.columns(),
                        size,
                        !fed && placement.resident(source) ? BatchColumns.Home.DEVICE : BatchColumns.Home.HOST,
                        weighting);
        this.loaded = new LoadedAhead(source, size);
    }

    /** The columns in the graph. */
    BatchColumns columns() {
        return columns;
    }

    /** Whether a batch is loaded while the iteration before it runs. */
    boolean loadsAhead() {
        return columns.home() == BatchColumns.Home.HOST && !columns.columns().isEmpty() && loaded.ahead();
    }

    /** The rows that lie on the device; the caller closes them. */
    Map<String, TType> residents() {
        return columns.residents(source);
    }

    /**
     * What is fed for a batch; the caller closes it.
     *
     * @param next the batch that will come after it, if there is one
     */
    Map<String, TType> tensors(Batch batch, @Nullable Batch next) {
        Map<String, TType> tensors = new LinkedHashMap<>();
        if (columns.columns().isEmpty()) {
            return tensors;
        }
        if (columns.home() == BatchColumns.Home.DEVICE) {
            tensors.put(BatchColumns.ROWS, TInt32.vectorOf(batch.rows()));
        } else {
            tensors.putAll(loaded.load(batch.rows(), next == null ? null : next.rows()));
        }
        if (columns.weighting() == BatchColumns.Weighting.WEIGHTED) {
            tensors.put(BatchWeights.NAME, Floats.tensor(type, Shape.of(batch.rows().length), batch.weights()));
        }
        return tensors;
    }

    @Override
    public void close() {
        loaded.close();
    }
}
