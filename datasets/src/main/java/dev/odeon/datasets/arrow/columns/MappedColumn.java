package dev.odeon.datasets.arrow.columns;

import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of a mapped file: the places of its numbers or texts, batch by batch, all checked to lie inside the file.
 *
 * <p>A column of an unsupported type has no places; it only keeps its description, for messages.
 */
public final class MappedColumn {
    /** How the numbers form rows. */
    public enum Layout {
        /** One number per row. */
        SCALAR,
        /** The same count of numbers in every row. */
        FIXED,
        /** A count of its own for every row. */
        RAGGED,
        /** One text per row. */
        TEXT,
        /** Something that this module cannot read. */
        OTHER
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
    private final List<Texts> texts = new ArrayList<>();
    private long elements;
    private long nulls;

    /** A column of a schema, without numbers yet. */
    public MappedColumn(String name, String description, @Nullable ElementType type, Layout layout, int width) {
        this.name = name;
        this.description = description;
        this.type = type;
        this.layout = layout;
        this.width = width;
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its type, in words for messages} */
    public String description() {
        return description;
    }

    /** {@return the type of the numbers, or null if it has none} */
    public @Nullable ElementType type() {
        return type;
    }

    /** {@return how the numbers form rows} */
    public Layout layout() {
        return layout;
    }

    /** {@return the numbers per row: 1 for SCALAR, 0 for RAGGED, TEXT and OTHER} */
    public int width() {
        return width;
    }

    /** {@return the little-endian bytes of the numbers, in row order} */
    public List<ByteBuffer> values() {
        return values;
    }

    /** {@return for RAGGED, the little-endian int32 offsets of each batch, one more than its rows} */
    public List<ByteBuffer> offsets() {
        return offsets;
    }

    /** {@return for TEXT, the texts of each batch} */
    public List<Texts> texts() {
        return texts;
    }

    /** {@return how many numbers there are, nulls among them} */
    public long elements() {
        return elements;
    }

    /** {@return how many rows and numbers are null} */
    public long nulls() {
        return nulls;
    }

    /** Adds the numbers of a batch. */
    public void addValues(ByteBuffer bytes, long count) {
        values.add(bytes);
        elements += count;
    }

    /** Adds the list offsets of a batch. */
    public void addOffsets(ByteBuffer bytes) {
        offsets.add(bytes);
    }

    /** Adds the texts of a batch. */
    public void addTexts(Texts more) {
        texts.add(more);
    }

    /** {@return for each batch, which rows are there} */
    public List<Validity> rows() {
        return rows;
    }

    /** {@return for each batch of FIXED, which numbers inside the rows are there} */
    public List<Validity> items() {
        return items;
    }

    /** Adds the batches of a column of the same schema. */
    public void append(MappedColumn other) {
        values.addAll(other.values);
        offsets.addAll(other.offsets);
        rows.addAll(other.rows);
        items.addAll(other.items);
        texts.addAll(other.texts);
        elements += other.elements;
        nulls += other.nulls;
    }

    /** Adds which rows of a batch are there. */
    public void addRows(Validity validity, long nullCount) {
        rows.add(validity);
        nulls += nullCount;
    }

    /** Adds which numbers inside the rows of a batch are there. */
    public void addItems(Validity validity, long nullCount) {
        items.add(validity);
        nulls += nullCount;
    }
}
