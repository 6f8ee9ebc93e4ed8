package dev.odeon.models.training.data;

import dev.odeon.graph.TensorSpec;
import java.util.List;
import java.util.Map;
import org.tensorflow.types.family.TType;

/**
 * Rows to make batches of: named columns, each with one value for every row.
 *
 * <p>A column's values may be tensors, such as the times, the values and the mask of a padded series. {@link
 * TensorRows} serves what is in memory, {@link GatheredRows} a table or a file.
 */
public interface BatchSource {

    /** How many rows there are, one or more. */
    int rows();

    /** Name, element type and shape of one row of each column; shapes are fully known. */
    List<TensorSpec> columns();

    /**
     * Loads some rows; may be called on another thread, by one at a time.
     *
     * @param rows their numbers, in the order wanted, repetitions allowed
     * @return for each column a tensor [rows.length, ...], which belongs to the caller
     */
    Map<String, TType> load(int[] rows);

    /** One row without columns: for data that every iteration sees whole, such as a graph. */
    static BatchSource whole() {
        return Whole.INSTANCE;
    }

    /** The only instance of a source without columns. */
    final class Whole implements BatchSource {
        private static final Whole INSTANCE = new Whole();

        private Whole() {}

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public List<TensorSpec> columns() {
            return List.of();
        }

        @Override
        public Map<String, TType> load(int[] rows) {
            return Map.of();
        }
    }
}
