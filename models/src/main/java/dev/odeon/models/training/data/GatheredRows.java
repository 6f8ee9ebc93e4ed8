package dev.odeon.models.training.data;

import dev.odeon.graph.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.types.family.TType;

/**
 * Chosen rows of columns that can gather rows by themselves, such as those of a table in a file.
 *
 * <p>An Arrow table of {@code datasets} trains straight from its mapped file, without a copy of the whole:
 *
 * <pre>{@code
 * ArrowTable table = ArrowTable.open(file);
 * BatchSource rows = GatheredRows.of(Map.of("x", table.column("x")::gather, "y", table.column("y")::gather), split);
 * }</pre>
 */
public final class GatheredRows implements BatchSource {

    /** A column of numbers, of which rows are copied into a tensor. */
    @FunctionalInterface
    public interface Column {
        /**
         * Copies some rows.
         *
         * @param rows their numbers, in the order wanted, repetitions allowed
         * @return a tensor [rows.length, ...], which belongs to the caller
         * @throws RuntimeException if there is no such row
         */
        TType gather(int[] rows);
    }

    private final Map<String, Column> columns;
    private final int[] chosen;
    private final List<TensorSpec> specs;

    private GatheredRows(Map<String, Column> columns, int[] chosen, List<TensorSpec> specs) {
        this.columns = columns;
        this.chosen = chosen;
        this.specs = specs;
    }

    /**
     * Rows of one or more columns; the first and the last by number are gathered once, so that what is wrong is said at once.
     *
     * @param columns by name
     * @param chosen rows of the columns, such as those of a split
     * @throws IllegalArgumentException if no column or no row was chosen
     * @throws RuntimeException if a column has no such row, or cannot be gathered
     */
    public static GatheredRows of(Map<String, Column> columns, int... chosen) {
        if (columns.isEmpty() || chosen.length == 0) {
            throw new IllegalArgumentException(
                    columns.size() + " columns and " + chosen.length + " rows were chosen: give one at least of each");
        }
        Map<String, Column> kept = new LinkedHashMap<>(columns);
        int[] own = chosen.clone();
        int[] ends = {
            Arrays.stream(own).min().orElseThrow(), Arrays.stream(own).max().orElseThrow()
        };
        List<TensorSpec> specs = new ArrayList<>();
        kept.forEach((name, column) -> {
            try (TType rows = column.gather(ends)) {
                specs.add(new TensorSpec(name, rows.type(), rows.shape().tail(), false));
            }
        });
        return new GatheredRows(kept, own, List.copyOf(specs));
    }

    @Override
    public int rows() {
        return chosen.length;
    }

    @Override
    public List<TensorSpec> columns() {
        return specs;
    }

    @Override
    public Map<String, TType> load(int[] rows) {
        int[] ofColumns = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            ofColumns[i] = chosen[rows[i]];
        }
        Map<String, TType> tensors = new LinkedHashMap<>();
        try {
            columns.forEach((name, column) -> tensors.put(name, column.gather(ofColumns)));
            return tensors;
        } catch (RuntimeException | Error e) {
            tensors.values().forEach(TType::close);
            throw e;
        }
    }
}
