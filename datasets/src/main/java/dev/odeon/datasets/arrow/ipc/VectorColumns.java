package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.MappedColumn.Layout;
import dev.odeon.datasets.arrow.columns.TableContents;
import dev.odeon.datasets.arrow.columns.Validity;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;

/** Finds the numbers of a record batch in the memory of its vectors. */
public final class VectorColumns {
    private VectorColumns() {}

    /**
     * Looks at a batch.
     *
     * @param name what it is called in messages
     * @param batch the batch, which must stay open
     * @return the places of its numbers
     */
    public static TableContents of(String name, VectorSchemaRoot batch) {
        List<MappedColumn> columns = SchemaReader.columns(Path.of(name), batch.getSchema());
        for (int i = 0; i < columns.size(); i++) {
            ElementType type = columns.get(i).type();
            if (type != null) {
                read(batch.getVector(i), columns.get(i), type, batch.getRowCount());
            }
        }
        Map<String, String> metadata = batch.getSchema().getCustomMetadata();
        return new TableContents(columns, metadata == null ? Map.of() : Map.copyOf(metadata), batch.getRowCount());
    }

    private static void read(FieldVector vector, MappedColumn column, ElementType type, int rows) {
        column.addRows(validity(vector, rows), vector.getNullCount());
        int first = 0;
        int count = rows;
        FieldVector numbers = vector;
        if (column.layout() == Layout.FIXED) {
            count = Math.multiplyExact(rows, column.width());
            numbers = ((FixedSizeListVector) vector).getDataVector();
        } else if (column.layout() == Layout.RAGGED && rows > 0) {
            ByteBuffer offsets = bytes(vector.getOffsetBuffer(), 0, (rows + 1L) * Integer.BYTES);
            first = offsets.getInt(0);
            count = offsets.getInt(rows * Integer.BYTES) - first;
            column.addOffsets(offsets);
            numbers = ((ListVector) vector).getDataVector();
        }
        if (numbers != vector) {
            Validity items = validity(numbers, first + count);
            column.addItems(items, items.absent());
        }
        column.addValues(
                bytes(numbers.getDataBuffer(), (long) first * type.bytes(), (long) count * type.bytes()), count);
    }

    private static Validity validity(FieldVector vector, int count) {
        if (vector.getNullCount() == 0 || count == 0) {
            return Validity.all(count);
        }
        return new Validity(bytes(vector.getValidityBuffer(), 0, (count + 7L) / 8), count);
    }

    private static ByteBuffer bytes(ArrowBuf buffer, long offset, long length) {
        if (length > Integer.MAX_VALUE) {
            throw new DataException("a batch with " + length + " bytes in a column; expected less than 2^31; send"
                    + " smaller batches");
        }
        return (length == 0
                        ? ByteBuffer.allocateDirect(0)
                        : buffer.nioBuffer(offset, (int) length).slice())
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
