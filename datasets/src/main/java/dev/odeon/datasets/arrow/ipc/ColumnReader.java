package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.Validity;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Walks through one record batch, field by field, and hands the places of the numbers to the columns.
 *
 * <p>A batch lists one node (length, nulls) per field and, in the same order, the buffers each field's type calls for.
 */
final class ColumnReader {
    private final Path path;
    private final RecordBatch batch;
    private final ByteBuffer body;
    private int node;
    private int buffer;
    private long bufferEnd;

    ColumnReader(Path path, RecordBatch batch, ByteBuffer body) {
        this.path = path;
        this.batch = batch;
        this.body = body;
    }

    /** Adds the numbers of this batch to the columns of the schema. */
    void read(Schema schema, List<MappedColumn> columns) {
        if (batch.compression() != null) {
            throw DataException.of(
                    path, "compressed batches", "uncompressed ones", "write the file without compression");
        }
        for (int i = 0; i < columns.size(); i++) {
            MappedColumn column = columns.get(i);
            Field field = schema.getFields().get(i);
            if (column.type() == null) {
                skip(field);
            } else {
                read(column, column.type());
            }
        }
        if (node != batch.nodesLength() || buffer != batch.buffersLength()) {
            throw damaged(
                    "a batch of " + batch.nodesLength() + " nodes and " + batch.buffersLength() + " buffers",
                    node + " and " + buffer + " by the schema");
        }
    }

    private void read(MappedColumn column, ElementType type) {
        FieldNode rows = nextNode();
        if (rows.length() != batch.length()) {
            throw damaged("column '" + column.name() + "' with " + rows.length() + " rows", batch.length() + " rows");
        }
        column.addRows(validity(column, rows), rows.nullCount());
        switch (column.layout()) {
            case SCALAR -> addValues(column, type, 0, rows.length());
            case FIXED -> {
                long count = Math.multiplyExact(rows.length(), (long) column.width());
                readChild(column, count);
                addValues(column, type, 0, count);
            }
            case RAGGED -> {
                ByteBuffer offsets = nextBuffer();
                long first = 0;
                long last = 0;
                if (rows.length() > 0) {
                    requireBytes(column, offsets, rows.length() + 1, Integer.BYTES);
                    first = offsets.getInt(0);
                    last = checkOffsets(column, offsets, (int) rows.length());
                    column.addOffsets(offsets.slice(0, ((int) rows.length() + 1) * Integer.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN));
                }
                readChild(column, last);
                addValues(column, type, first, last - first);
            }
        }
    }

    private void readChild(MappedColumn column, long needed) {
        FieldNode child = nextNode();
        if (child.length() < needed) {
            throw damaged("column '" + column.name() + "' with " + child.length() + " numbers", needed + " numbers");
        }
        column.addItems(validity(column, child), child.nullCount());
    }

    private Validity validity(MappedColumn column, FieldNode node) {
        ByteBuffer bits = nextBuffer();
        // Without nulls the bits may be left out; bits that are there are never passed over.
        if (node.nullCount() == 0 && bits.capacity() == 0) {
            return Validity.all(node.length());
        }
        requireBytes(column, bits, (node.length() + 7) / 8, 1);
        Validity validity = new Validity(bits, node.length());
        if (validity.absent() != node.nullCount()) {
            throw damaged(
                    "column '" + column.name() + "' with " + validity.absent() + " nulls",
                    node.nullCount() + " as its header says");
        }
        return validity;
    }

    private void addValues(MappedColumn column, ElementType type, long first, long count) {
        ByteBuffer values = nextBuffer();
        requireBytes(column, values, first + count, type.bytes());
        column.addValues(
                values.slice((int) first * type.bytes(), (int) count * type.bytes())
                        .order(ByteOrder.LITTLE_ENDIAN),
                count);
    }

    private int checkOffsets(MappedColumn column, ByteBuffer offsets, int rows) {
        int previous = offsets.getInt(0);
        if (previous < 0) {
            throw damaged("column '" + column.name() + "' with a list that starts at " + previous, "0 or more");
        }
        for (int i = 1; i <= rows; i++) {
            int next = offsets.getInt(i * Integer.BYTES);
            if (next < previous) {
                throw damaged("column '" + column.name() + "' with a list of negative length", "ascending offsets");
            }
            previous = next;
        }
        return previous;
    }

    private void requireBytes(MappedColumn column, ByteBuffer bytes, long count, int width) {
        if (count > bytes.capacity() / width) {
            throw damaged(
                    "column '" + column.name() + "' with " + bytes.capacity() + " bytes",
                    count + " numbers of " + width + " bytes");
        }
    }

    private void skip(Field field) {
        nextNode();
        TypeLayout layout = TypeLayout.getTypeLayout(field.getType());
        if (!layout.isFixedBufferCount()) {
            throw DataException.of(
                    path,
                    "column '" + field.getName() + "' of type " + SchemaReader.describe(field),
                    "no view types",
                    "write the file without this column");
        }
        for (int i = 0; i < layout.getBufferTypes().size(); i++) {
            nextBuffer();
        }
        field.getChildren().forEach(this::skip);
    }

    private FieldNode nextNode() {
        if (node >= batch.nodesLength()) {
            throw damaged("a batch of " + node + " nodes", "more by the schema");
        }
        FieldNode next = batch.nodes(node++);
        if (next.length() < 0 || next.nullCount() < 0 || next.nullCount() > next.length()) {
            throw damaged(
                    "a column of " + next.length() + " rows, " + next.nullCount() + " of them null", "counts that fit");
        }
        return next;
    }

    private ByteBuffer nextBuffer() {
        if (buffer >= batch.buffersLength()) {
            throw damaged("a batch of " + buffer + " buffers", "more by the schema");
        }
        Buffer next = batch.buffers(buffer++);
        if (next.offset() < 0 || next.length() < 0 || next.length() > body.capacity() - next.offset()) {
            throw damaged("a column that reaches out of its batch", "one inside it");
        }
        if (next.length() > 0) {
            if (next.offset() < bufferEnd) {
                throw damaged("buffers that overlap", "one after another");
            }
            bufferEnd = next.offset() + next.length();
        }
        return body.slice((int) next.offset(), (int) next.length()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private DataException damaged(String found, String expected) {
        return DataException.of(path, found, expected, "write or fetch the file again");
    }
}
