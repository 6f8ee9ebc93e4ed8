package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.MappedColumn.Layout;
import dev.odeon.datasets.arrow.columns.TableContents;
import dev.odeon.datasets.arrow.columns.Texts;
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
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.RepeatedValueVector;
import org.jspecify.annotations.Nullable;

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
        List<MappedColumn> columns =
                SchemaReader.columns(Path.of(name), batch.getSchema(), SchemaReader.Encoding.DICTIONARIES_ELSEWHERE);
        for (int i = 0; i < columns.size(); i++) {
            ElementType type = columns.get(i).type();
            if (type != null) {
                read(batch.getVector(i), columns.get(i), type, batch.getRowCount());
            } else if (columns.get(i).layout() == Layout.TEXT) {
                columns.get(i).addTexts(new VectorTexts(batch.getVector(i), batch.getRowCount()));
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
            ByteBuffer offsets = offsets(vector, rows);
            first = offsets.getInt(0);
            count = offsets.getInt(rows * Integer.BYTES) - first;
            column.addOffsets(offsets);
            numbers = ((RepeatedValueVector) vector).getDataVector() instanceof FieldVector items ? items : vector;
        }
        if (numbers != vector) {
            Validity items = validity(numbers, first + count);
            column.addItems(items, items.absent());
        }
        column.addValues(
                bytes(numbers.getDataBuffer(), (long) first * type.bytes(), (long) count * type.bytes()), count);
    }

    private static ByteBuffer offsets(FieldVector vector, int rows) {
        if (!(vector instanceof LargeListVector)) {
            return bytes(vector.getOffsetBuffer(), 0, (rows + 1L) * Integer.BYTES);
        }
        ByteBuffer wide = bytes(vector.getOffsetBuffer(), 0, (rows + 1L) * Long.BYTES);
        ByteBuffer narrow =
                ByteBuffer.allocateDirect((rows + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i <= rows; i++) {
            narrow.putInt(i * Integer.BYTES, Math.toIntExact(wide.getLong(i * Long.BYTES)));
        }
        return narrow;
    }

    /** Texts in a vector, which must stay open. */
    private record VectorTexts(FieldVector vector, int count) implements Texts {
        @Override
        public @Nullable String text(int i) {
            return vector.isNull(i) ? null : String.valueOf(vector.getObject(i));
        }
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
