package dev.odeon.datasets.arrow;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.MappedColumn.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;

/** Finds the numbers of a record batch in the memory of its vectors. */
final class VectorColumns {
    private VectorColumns() {}

    static TableContents of(String name, VectorSchemaRoot batch) {
        List<MappedColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (FieldVector vector : batch.getFieldVectors()) {
            MappedColumn column = ColumnReader.columnFor(vector.getField());
            if (!names.add(column.name())) {
                throw DataException.of(
                        Path.of(name), "two columns called '" + column.name() + "'", "different names", "rename one");
            }
            ElementType type = column.type();
            if (type != null) {
                read(vector, column, type, batch.getRowCount());
            }
            columns.add(column);
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
