package dev.odeon.datasets.arrow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of a mapped file: the places of its numbers, batch by batch, all checked to lie inside the file.
 *
 * <p>A column of an unsupported type has no element type and no places; it only keeps its description, for messages.
 */
final class MappedColumn {
    /** How the numbers form rows. */
    enum Layout {
        /** One number per row. */
        SCALAR,
        /** The same count of numbers in every row. */
        FIXED,
        /** A count of its own for every row. */
        RAGGED
    }

    private final String name;
    private final String description;
    private final @Nullable ElementType type;
    private final Layout layout;
    private final int width;
    private final List<ByteBuffer> values = new ArrayList<>();
    private final List<ByteBuffer> offsets = new ArrayList<>();
    private final List<Validity> rows = new ArrayList<>();
    private final List<Validity> items = new ArrayList<>();
    private long elements;
    private long nulls;

    MappedColumn(String name, String description, @Nullable ElementType type, Layout layout, int width) {
        this.name = name;
        this.description = description;
        this.type = type;
        this.layout = layout;
        this.width = width;
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    @Nullable
    ElementType type() {
        return type;
    }

    Layout layout() {
        return layout;
    }

    /** {@return the numbers per row: 1 for SCALAR, 0 for RAGGED} */
    int width() {
        return width;
    }

    /** {@return the little-endian bytes of the numbers, in row order} */
    List<ByteBuffer> values() {
        return values;
    }

    /** {@return for RAGGED, the little-endian int32 offsets of each batch, one more than its rows} */
    List<ByteBuffer> offsets() {
        return offsets;
    }

    long elements() {
        return elements;
    }

    long nulls() {
        return nulls;
    }

    void addValues(ByteBuffer bytes, long count) {
        values.add(bytes);
        elements += count;
    }

    void addOffsets(ByteBuffer bytes) {
        offsets.add(bytes);
    }

    /** {@return for each batch, which rows are there} */
    List<Validity> rows() {
        return rows;
    }

    /** {@return for each batch of FIXED, which numbers inside the rows are there} */
    List<Validity> items() {
        return items;
    }

    /** Adds the batches of a column of the same schema. */
    void append(MappedColumn other) {
        values.addAll(other.values);
        offsets.addAll(other.offsets);
        rows.addAll(other.rows);
        items.addAll(other.items);
        elements += other.elements;
        nulls += other.nulls;
    }

    void addRows(Validity validity, long nullCount) {
        rows.add(validity);
        nulls += nullCount;
    }

    void addItems(Validity validity, long nullCount) {
        items.add(validity);
        nulls += nullCount;
    }
}
