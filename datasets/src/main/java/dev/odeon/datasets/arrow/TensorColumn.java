package dev.odeon.datasets.arrow;

import dev.odeon.datasets.arrow.columns.ColumnSource;
import dev.odeon.datasets.arrow.columns.Numbers;
import dev.odeon.datasets.arrow.types.ElementType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.types.family.TType;

/** A tensor as a column: one row per index of its first axis, all other axes in one fixed-size list. */
final class TensorColumn {
    private TensorColumn() {}

    /**
     * The column.
     *
     * @param metadata takes the shape of a row, as {@code shape.NAME}, where it has one
     * @throws IllegalArgumentException if it is of no number type, or has no rows
     */
    static ColumnSource of(String name, TType tensor, Map<String, String> metadata) {
        ElementType type = ElementType.of(tensor);
        long[] extents = tensor.shape().asArray();
        if (type == null || extents.length == 0 || tensor.size() == 0 || tensor.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("column " + name + ": a tensor of type " + tensor.dataType()
                    + " and shape " + tensor.shape() + ": give one of numbers with rows, below 2^31 of them");
        }
        Numbers numbers = new Numbers.OfTensor(tensor, type);
        if (extents.length == 1) {
            return ColumnSource.scalars(name, type, numbers);
        }
        metadata.put(
                "shape." + name,
                Arrays.stream(extents).skip(1).mapToObj(Long::toString).collect(Collectors.joining(",")));
        return ColumnSource.rows(name, type, numbers, (int) (tensor.size() / extents[0]));
    }
}
