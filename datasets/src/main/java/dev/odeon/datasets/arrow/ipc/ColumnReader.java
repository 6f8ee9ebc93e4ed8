package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.Texts;
import dev.odeon.datasets.arrow.columns.Validity;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Walks through one record batch, field by field, and hands the places of the numbers to the columns. */
final class ColumnReader {
    private final BatchBuffers buffers;
    private final Dictionaries dictionaries;

    ColumnReader(BatchBuffers buffers, Dictionaries dictionaries) {
        this.buffers = buffers;
        this.dictionaries = dictionaries;
    }

    /** Adds the numbers of this batch to the columns of the schema. */
    void read(Schema schema, List<MappedColumn> columns) {
        for (int i = 0; i < columns.size(); i++) {
            MappedColumn column = columns.get(i);
            Field field = schema.getFields().get(i);
            if (column.layout() == MappedColumn.Layout.OTHER) {
                buffers.skip(field);
            } else {
                read(column, field);
            }
        }
        buffers.requireEnd();
    }

    private void read(MappedColumn column, Field field) {
        FieldNode rows = buffers.nextNode();
        if (rows.length() != buffers.rows()) {
            throw buffers.damaged(named(column) + " with " + rows.length() + " rows", buffers.rows() + " rows");
        }
        Validity present = validity(column.name(), buffers, rows);
        if (field.getDictionary() != null) {
            decode(column, field, rows, present);
            return;
        }
        column.addRows(present, rows.nullCount());
        ElementType type = column.type();
        if (type == null) {
            column.addTexts(TextBuffers.read(field, buffers, rows, present));
            return;
        }
        switch (column.layout()) {
            case SCALAR -> addValues(column, type, 0, rows.length());
            case FIXED -> {
                long count = Math.multiplyExact(rows.length(), (long) column.width());
                readChild(column, count);
                addValues(column, type, 0, count);
            }
            case RAGGED -> {
                boolean wide = field.getType() instanceof ArrowType.LargeList;
                Offsets offsets = Offsets.read(named(column), buffers, Math.toIntExact(rows.length()), wide);
                if (rows.length() > 0) {
                    column.addOffsets(offsets.bytes());
                }
                readChild(column, offsets.last());
                addValues(column, type, offsets.at(0), (long) offsets.last() - offsets.at(0));
            }
            case TEXT, OTHER -> throw new IllegalStateException(named(column));
        }
    }

    private void readChild(MappedColumn column, long needed) {
        FieldNode child = buffers.nextNode();
        if (child.length() < needed) {
            throw buffers.damaged(named(column) + " with " + child.length() + " numbers", needed + " numbers");
        }
        column.addItems(validity(column.name(), buffers, child), child.nullCount());
    }

    /** Reads which values of a field are there. */
    static Validity validity(String column, BatchBuffers buffers, FieldNode node) {
        ByteBuffer bits = buffers.nextBuffer();
        // Without nulls the bits may be left out; bits that are there are never passed over.
        if (node.nullCount() == 0 && bits.capacity() == 0) {
            return Validity.all(node.length());
        }
        requireBytes(column, buffers, bits, (node.length() + 7) / 8, 1);
        Validity validity = new Validity(bits, node.length());
        if (validity.absent() != node.nullCount()) {
            throw buffers.damaged(
                    "column '" + column + "' with " + validity.absent() + " nulls",
                    node.nullCount() + " as its header says");
        }
        return validity;
    }

    private void addValues(MappedColumn column, ElementType type, long first, long count) {
        ByteBuffer values = buffers.nextBuffer();
        requireBytes(column.name(), buffers, values, first + count, type.bytes());
        column.addValues(
                values.slice((int) first * type.bytes(), (int) count * type.bytes())
                        .order(ByteOrder.LITTLE_ENDIAN),
                count);
    }

    private void decode(MappedColumn column, Field field, FieldNode rows, Validity present) {
        ArrowType.Int index = field.getDictionary().getIndexType();
        ByteBuffer indices = buffers.nextBuffer();
        requireBytes(column.name(), buffers, indices, rows.length(), index.getBitWidth() / Byte.SIZE);
        Indices codes = Indices.of(index, indices, (int) rows.length(), present);
        DictionaryValues values = dictionaries.of(field);
        int known = values == null ? 0 : values.count();
        for (int i = 0; i < codes.count(); i++) {
            if (codes.present(i) && (codes.at(i) < 0 || codes.at(i) >= known)) {
                throw buffers.damaged(
                        named(column) + " with value number " + codes.at(i),
                        "one of the " + known + " of its dictionary");
            }
        }
        ElementType type = column.type();
        if (type == null) {
            Texts texts = codes.texts(values);
            column.addRows(present, rows.nullCount());
            column.addTexts(texts);
        } else {
            codes.addNumbers(column, type, values);
        }
    }

    private static void requireBytes(String column, BatchBuffers buffers, ByteBuffer bytes, long count, int width) {
        if (count > bytes.capacity() / width) {
            throw buffers.damaged(
                    "column '" + column + "' with " + bytes.capacity() + " bytes",
                    count + " numbers of " + width + " bytes");
        }
    }

    private static String named(MappedColumn column) {
        return "column '" + column.name() + "'";
    }
}
