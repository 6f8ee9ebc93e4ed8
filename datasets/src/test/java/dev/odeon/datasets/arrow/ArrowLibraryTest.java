package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.ipc.Allocators;
import dev.odeon.datasets.arrow.types.ElementType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TInt64;

/** Files go back and forth between Odeon and Arrow's own reader and writer. */
class ArrowLibraryTest {
    @TempDir
    Path folder;

    @Test
    void theLibraryReadsWhatWeWrite() throws IOException {
        Path file = folder.resolve("ours.arrow");
        ArrowTableWriter.to(file)
                .metadata(Map.of("seed", "3"))
                .float64("t", new double[] {0, 1.5})
                .float64("u", new double[] {1, 2, 3, 4, 5, 6}, 3)
                .int32Lists("l", new int[] {0, 0, 2}, new int[] {8, 9})
                .write();
        try (BufferAllocator allocator = Allocators.open();
                FileChannel channel = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            assertThat(root.getSchema().getCustomMetadata()).containsEntry("seed", "3");
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(root.getVector("t").getObject(1)).isEqualTo(1.5);
            assertThat(root.getVector("u").getObject(1)).isEqualTo(List.of(4.0, 5.0, 6.0));
            assertThat(root.getVector("l").getObject(1)).isEqualTo(List.of(8, 9));
            assertThat(root.getVector("u").getNullCount()).isZero();
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    @Test
    void weReadWhatTheLibraryWrites() throws IOException {
        Path file = folder.resolve("theirs.arrow");
        write(file, 3, false);
        ArrowTable table = ArrowTable.open(file);
        assertThat(table.rows()).isEqualTo(6);
        assertThat(table.column("u").doubles()).containsExactly(0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51);
        assertThat(table.column("l").listOffsets()).containsExactly(0, 0, 1, 1, 2, 2, 3);
        assertThat(table.column("l").doubles()).containsExactly(10, 30, 50);
        try (TInt64 id = table.column("id").tensor(TInt64.class)) {
            assertThat(id.getLong(5)).isEqualTo(50L);
        }
        // Columns of other types do no harm until they are asked for.
        assertThat(table.has("name")).isTrue();
        assertThatThrownBy(() -> table.column("name").doubles())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'name' of type Utf8");
        assertThatThrownBy(() -> table.column("struct").doubles()).hasMessageContaining("Struct");
    }

    @Test
    void nullsAreRefusedWhereTheyAre() throws IOException {
        Path file = folder.resolve("nulls.arrow");
        write(file, 2, true);
        ArrowTable table = ArrowTable.open(file);
        assertThat(table.column("u").doubles()).hasSize(8);
        assertThatThrownBy(() -> table.column("id").tensor(TInt64.class))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nulls.arrow")
                .hasMessageContaining("'id' with 2 nulls");
    }

    /** Writes batches of two rows, number n holding the numbers 10 n and 10 n + 1. */
    private static void write(Path file, int batches, boolean nulls) throws IOException {
        Field item = Field.notNullable("item", ElementType.FLOAT64.arrowType());
        Schema schema = new Schema(List.of(
                Field.nullable("name", ArrowType.Utf8.INSTANCE),
                new Field("u", FieldType.nullable(new ArrowType.FixedSizeList(2)), List.of(item)),
                new Field("struct", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(item)),
                new Field("l", FieldType.nullable(ArrowType.List.INSTANCE), List.of(item)),
                Field.nullable("id", ElementType.INT64.arrowType())));
        try (BufferAllocator allocator = Allocators.open();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
            for (int batch = 0; batch < batches; batch++) {
                root.clear();
                root.allocateNew();
                for (int i = 0; i < 2; i++) {
                    int n = 2 * batch + i;
                    ((VarCharVector) root.getVector("name")).setSafe(i, new Text("row " + n));
                    FixedSizeListVector u = (FixedSizeListVector) root.getVector("u");
                    u.setNotNull(i);
                    ((Float8Vector) u.getDataVector()).setSafe(2 * i, 10 * n);
                    ((Float8Vector) u.getDataVector()).setSafe(2 * i + 1, 10 * n + 1);
                    StructVector struct = (StructVector) root.getVector("struct");
                    struct.setIndexDefined(i);
                    ((Float8Vector) struct.getChild("item")).setSafe(i, n);
                    ListVector list = (ListVector) root.getVector("l");
                    list.startNewValue(i);
                    if (i == 1) {
                        ((Float8Vector) list.getDataVector()).setSafe(0, 10 * n);
                    }
                    list.endValue(i, i);
                    BigIntVector id = (BigIntVector) root.getVector("id");
                    if (nulls && i == 0) {
                        id.setNull(i);
                    } else {
                        id.setSafe(i, 10L * n);
                    }
                }
                root.setRowCount(2);
                if (batch == 0) {
                    writer.start();
                }
                writer.writeBatch();
            }
            writer.end();
        }
    }
}
