package dev.odeon.datasets.arrow.ipc;

import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How many buffers of a batch belong to a field itself, without those of its children.
 *
 * <p>A dictionary-encoded field is laid out as its indices, whatever its values are.
 */
final class BufferCounts {
    private BufferCounts() {}

    /**
     * Counts buffers.
     *
     * @param field the field
     * @param unionsHaveValidity whether unions have validity bits, as they had up to version 4 of the metadata
     * @return how many; the data buffers of a view come on top of it
     */
    static int of(Field field, boolean unionsHaveValidity) {
        ArrowType type = field.getType();
        if (field.getDictionary() != null) {
            return 2;
        }
        if (type instanceof ArrowType.Null || type instanceof ArrowType.RunEndEncoded) {
            return 0;
        }
        if (type instanceof ArrowType.Struct || type instanceof ArrowType.FixedSizeList) {
            return 1;
        }
        if (type instanceof ArrowType.Union union) {
            return (union.getMode() == UnionMode.Dense ? 2 : 1) + (unionsHaveValidity ? 1 : 0);
        }
        boolean three = type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Binary
                || type instanceof ArrowType.LargeBinary
                || type instanceof ArrowType.ListView
                || type instanceof ArrowType.LargeListView;
        return three ? 3 : 2;
    }

    /** {@return whether a batch lists further buffers for a field, whose count stands in its header} */
    static boolean isView(Field field) {
        return field.getDictionary() == null
                && (field.getType() instanceof ArrowType.Utf8View || field.getType() instanceof ArrowType.BinaryView);
    }
}
