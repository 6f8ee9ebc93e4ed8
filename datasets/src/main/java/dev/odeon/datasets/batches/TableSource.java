package dev.odeon.datasets.batches;

import dev.odeon.datasets.arrow.ArrowTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.types.family.TType;

/**
 * Rows of an Arrow table, copied from the mapped file straight into tensors.
 *
 * @param table the table
 * @param columns the columns wanted, of numbers or fixed-size lists without nulls
 */
public record TableSource(ArrowTable table, List<String> columns) implements BatchSource<TableBatch> {
    public TableSource {
        Objects.requireNonNull(table, "table");
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("no columns: name one at least of " + table.columns());
        }
        // Says at once, and on the caller's thread, what is wrong with a column.
        for (String column : columns) {
            table.column(column).gather(new int[0]).close();
        }
    }

    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public TableBatch load(int[] rows) {
        Map<String, TType> tensors = new LinkedHashMap<>();
        try {
            for (String column : columns) {
                tensors.put(column, table.column(column).gather(rows));
            }
            return new TableBatch(tensors);
        } catch (RuntimeException | Error e) {
            tensors.values().forEach(TType::close);
            throw e;
        }
    }
}
