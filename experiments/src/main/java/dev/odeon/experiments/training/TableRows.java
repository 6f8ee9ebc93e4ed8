package dev.odeon.experiments.training;

import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.graph.TensorSpec;
import dev.odeon.models.training.data.BatchSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.types.family.TType;

/**
 * Rows of an Arrow table for a training, copied from the mapped file straight into tensors.
 *
 * @param table the table
 * @param names of the columns wanted, of numbers or fixed-size lists without nulls
 * @param chosen rows of the table, such as those of a split; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data.
public record TableRows(ArrowTable table, List<String> names, int[] chosen) implements BatchSource {

    public TableRows {
        names = List.copyOf(names);
        if (names.isEmpty() || chosen.length == 0) {
            throw new IllegalArgumentException(names.size() + " columns and " + chosen.length
                    + " rows of the table were chosen: name one at least of each; there are " + table.columns());
        }
        for (int row : chosen) {
            Objects.checkIndex(row, table.rows());
        }
    }

    @Override
    public int rows() {
        return chosen.length;
    }

    @Override
    public List<TensorSpec> columns() {
        return names.stream().map(this::column).toList();
    }

    private TensorSpec column(String name) {
        try (TType one = table.column(name).gather(new int[] {chosen[0]})) {
            return new TensorSpec(name, one.type(), one.shape().tail(), false);
        }
    }

    @Override
    public Map<String, TType> load(int[] rows) {
        int[] ofTable = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            ofTable[i] = chosen[rows[i]];
        }
        Map<String, TType> tensors = new LinkedHashMap<>();
        try {
            for (String name : names) {
                tensors.put(name, table.column(name).gather(ofTable));
            }
            return tensors;
        } catch (RuntimeException | Error e) {
            tensors.values().forEach(TType::close);
            throw e;
        }
    }
}
