package dev.odeon.datasets.batches;

import java.util.Map;
import java.util.Set;
import org.tensorflow.types.family.TType;

/** Some rows of several columns, one tensor each; owns the tensors. */
public final class TableBatch implements AutoCloseable {
    private final Map<String, TType> tensors;

    TableBatch(Map<String, TType> tensors) {
        this.tensors = tensors;
    }

    /** {@return the names of the columns} */
    public Set<String> columns() {
        return tensors.keySet();
    }

    /**
     * The rows of one column.
     *
     * @param column its name
     * @return a tensor of shape [rows] or [rows, w], which stays the batch's
     * @throws IllegalArgumentException if the column is not part of the batch
     */
    public TType tensor(String column) {
        TType tensor = tensors.get(column);
        if (tensor == null) {
            throw new IllegalArgumentException("column '" + column + "': the batch has " + tensors.keySet());
        }
        return tensor;
    }

    @Override
    public void close() {
        tensors.values().forEach(TType::close);
    }
}
